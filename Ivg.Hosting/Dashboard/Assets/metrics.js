import { chart } from "/assets/chart.js";
import { bound, get, h, offer, option, pauseButton, poll, remembered } from "/assets/dom.js";
import { clock, measured } from "/assets/format.js";

const PERCENTILES = { p50: "median", p90: "90th percentile", p99: "99th percentile" };
const MAX_MARKS = 60;

export default async function metrics(main) {
  const resource = h("select", { id: "resource" }, option("", "Choose"));
  resource.dataset.name = "resource";
  const instrument = h("select", { id: "instrument" }, option("", "Choose"));
  instrument.dataset.name = "instrument";
  const minutes = bound(h("select", { id: "minutes" }, [["5", "5 minutes"], ["1", "1 minute"], ["15", "15 minutes"], ["60", "1 hour"], ["180", "3 hours"], ["720", "12 hours"]].map(([value, text]) => option(value, text))), "minutes", refresh);
  const by = bound(h("select", { id: "by" }, option("", "All together")), "by", refresh);
  by.dataset.name = "by";
  const percentile = bound(h("select", { id: "percentile" }, Object.entries(PERCENTILES).toReversed().map(([value, text]) => option(value, text))), "percentile", refresh);
  const asTable = bound(h("input", { type: "checkbox", id: "as-table" }), "table", refresh);
  const pause = pauseButton();
  const dimensions = h("span", { className: "filters" });
  const percentileLabel = h("label", {}, h("span", {}, "Percentile"), percentile);
  const output = h("div", {});
  let instruments = [];
  let shown = "";

  function chosen() {
    return instruments.find((one) => one.source === resource.value && `${one.meter}/${one.name}` === instrument.value);
  }

  async function list() {
    instruments = await get("/api/telemetry/metrics");
    offer(resource, [...new Set(instruments.map((one) => one.source))]);
    if (!resource.value && instruments.length > 0) resource.value = remembered("resource") || instruments[0].source;
    const own = instruments.filter((one) => one.source === resource.value);
    // What the services themselves measure comes before what their libraries do.
    own.sort((a, b) => Number(/^(System|Microsoft|OpenTelemetry)/.test(a.meter)) - Number(/^(System|Microsoft|OpenTelemetry)/.test(b.meter)));
    offer(instrument, own.map((one) => `${one.meter}/${one.name}`), Object.fromEntries(own.map((one) => [`${one.meter}/${one.name}`, one.name])));
    if (!chosen() && own.length > 0) instrument.value = `${own[0].meter}/${own[0].name}`;
  }

  async function refresh() {
    const one = chosen();
    if (!one) {
      output.replaceChildren(h("p", { className: "muted" }, instruments.length > 0 ? "Choose a resource and an instrument." : "No metric has arrived yet."));
      return;
    }
    const query = new URLSearchParams({ resource: one.source, meter: one.meter, name: one.name, minutes: minutes.value });
    if (by.value) query.set("by", by.value);
    for (const select of dimensions.querySelectorAll("select")) if (select.value) query.append("attribute", `${select.dataset.dimension}:${select.value}`);
    const found = await get(`/api/telemetry/metrics/chart?${query}`);
    offer(by, Object.keys(found.dimensions));
    drawDimensions(found.dimensions);
    const histogram = one.kind === "histogram";
    percentileLabel.hidden = !histogram || !by.value;
    // The heading is there from the start; what changes beneath is drawn anew.
    output.replaceChildren(h("h2", {}, one.name), h("p", { className: "muted" }, [one.description, one.unit && `in ${one.unit}`, one.kind, one.meter].filter(Boolean).join(" · ")),
      ...(asTable.checked ? [table(found, histogram)] : charts(found, histogram, one.unit)));
  }

  function charts(found, histogram, unit) {
    const name = (line) => line.name || "all";
    const curves = (pick) => found.lines.map((line, i) => ({ name: name(line), values: pick(line), className: `c${i % 8}` }));
    const rate = found.instrument.kind === "counter" || histogram;
    const all = [chart(rate ? "A second" : "Value", found.times, curves((line) => line.values), rate ? "" : unit)];
    if (!histogram) return all;
    const percentiles = by.value
      ? curves((line) => line[percentile.value])
      : Object.keys(PERCENTILES).map((key, i) => ({ name: PERCENTILES[key], values: found.lines[0]?.[key] ?? [], className: `c${i}` }));
    const marks = found.exemplars.slice(-MAX_MARKS).map((one) => ({ time: Date.parse(one.time), value: one.value, href: `/traces/${one.traceId}#${one.spanId}`, label: `Trace of ${measured(one.value, unit)} at ${clock(one.time)}` }));
    return [chart(by.value ? PERCENTILES[percentile.value] : "Percentiles, and single measurements that lead to their traces", found.times, percentiles, unit, marks), ...all];
  }

  function table(found, histogram) {
    const { unit } = found.instrument;
    const columns = found.lines.flatMap((line) => histogram
      ? Object.keys(PERCENTILES).map((key) => [`${line.name || "all"}, ${PERCENTILES[key]}`, line[key], unit])
      : [[line.name || "all", line.values, found.instrument.kind === "counter" ? "/s" : unit]]);
    const rows = found.times.map((time, i) => [time, ...columns.map(([, values, one]) => measured(values[i], one))]).filter((row) => row.slice(1).some((text) => text !== "–")).toReversed();
    return h("div", { className: "scroll", tabIndex: 0, role: "region", "aria-label": "Figures" }, h("table", {}, h("thead", {}, h("tr", {}, ["Time", ...columns.map(([text]) => text)].map((text) => h("th", { scope: "col" }, text)))),
      h("tbody", {}, rows.map(([time, ...texts]) => h("tr", {}, h("th", { scope: "row" }, clock(time, false)), texts.map((text) => h("td", { className: "number" }, text)))))));
  }

  function drawDimensions(known) {
    const key = JSON.stringify(known);
    if (dimensions.dataset.key === key) return;
    dimensions.dataset.key = key;
    const before = Object.fromEntries([...dimensions.querySelectorAll("select")].map((select) => [select.dataset.dimension, select.value]));
    dimensions.replaceChildren(...Object.entries(known).map(([name, values]) => {
      const select = h("select", { onchange: refresh }, option("", "All"), values.map((value) => option(value)));
      select.dataset.dimension = name;
      select.value = before[name] ?? "";
      return h("label", {}, h("span", {}, name), select);
    }));
  }

  function choose() {
    if (shown) by.value = "";
    shown = instrument.value;
    by.replaceChildren(by.options[0]);
    dimensions.replaceChildren();
    delete dimensions.dataset.key;
    return refresh();
  }

  main.append(h("h1", {}, "Metrics"), h("div", { className: "filters" }, h("label", {}, h("span", {}, "Resource"), resource), h("label", {}, h("span", {}, "Instrument"), instrument),
    h("label", {}, h("span", {}, "Last"), minutes), h("label", {}, h("span", {}, "By"), by), percentileLabel, dimensions, h("label", { className: "check" }, asTable, "Table"), pause.element), output);
  percentileLabel.hidden = true;
  bound(resource, "resource", async () => { instrument.value = ""; await list(); await choose(); });
  bound(instrument, "instrument", choose);
  await list();
  poll(async () => {
    // A chart that is being used keeps still.
    if (pause.isOn() || output.contains(document.activeElement)) return;
    await list();
    if (shown !== instrument.value) await choose();
    else await refresh();
  }, 2000);
}
