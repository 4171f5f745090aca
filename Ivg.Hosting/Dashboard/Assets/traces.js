import { attributeFilters } from "/assets/attributes.js";
import { bound, css, get, h, offer, option, pauseButton, poll, remembered, say } from "/assets/dom.js";
import { clock, colour, duration } from "/assets/format.js";
import { VirtualList } from "/assets/list.js";

const PAGE = 100;

export function traceRow(trace, longest) {
  return h("div", { role: "row", className: "row trace-row", "data-level": trace.errors ? "error" : "" },
    h("span", { role: "cell", className: "time" }, clock(trace.start)),
    h("span", { role: "cell", className: "message" }, h("a", { href: `/traces/${trace.traceId}`, "data-key": trace.traceId }, `${trace.source}: ${trace.name}`)),
    h("span", { role: "cell", className: "parts" }, trace.sources.map((part) => h("span", { className: `part ${colour(part.name)}`, title: `${part.spans} spans, ${part.errors} with errors` }, `${part.name} ${part.spans}`))),
    h("span", { role: "cell", className: "level" }, trace.errors ? `${trace.errors} failed` : ""),
    h("span", { role: "cell", className: "length" }, css(h("span", { className: "meter", "aria-hidden": "true" }), { "--w": `${Math.max(1, (100 * trace.durationMs) / longest)}%` }), duration(trace.durationMs)));
}

export default async function traces(main) {
  const resource = h("select", { id: "resource" }, option("", "All"));
  resource.dataset.name = "resource";
  const text = bound(h("input", { type: "search", id: "text", placeholder: "In span names or attributes" }), "text", reload);
  const errors = bound(h("input", { type: "checkbox", id: "errors" }), "errors", reload);
  const least = bound(h("select", { id: "least" }, option("", "Any"), option("10", "10 ms or more"), option("100", "100 ms or more"), option("1000", "1 s or more"), option("10000", "10 s or more")), "min_ms", reload);
  const reach = bound(h("select", { id: "reach" }, option("", "Any"), option("2", "Several resources"), option("3", "Three or more")), "min_resources", reload);
  const attributes = attributeFilters(reload);
  const pause = pauseButton();
  const list = new VirtualList("Traces", ["Time", "Name", "Spans", "Errors", "Duration"], (trace) => traceRow(trace, longest), loadMore);
  let [more, loading, round, longest, shown] = [false, false, 0, 1, ""];

  function query(extra) {
    const wanted = new URLSearchParams({ limit: PAGE, ...extra });
    if (resource.value) wanted.set("resource", resource.value);
    if (text.value) wanted.set("text", text.value);
    if (errors.checked) wanted.set("errors", "true");
    if (reach.value) wanted.set("min_resources", reach.value);
    if (least.value) wanted.set("min_ms", least.value);
    attributes.append(wanted);
    return `/api/telemetry/traces?${wanted}`;
  }

  async function reload() {
    const mine = ++round;
    const page = await get(query({}));
    if (mine !== round) return;
    const key = JSON.stringify(page.traces.map((trace) => [trace.traceId, trace.spans]));
    if (key === shown) return;
    shown = key;
    more = page.traces.length === PAGE;
    longest = Math.max(1, ...page.traces.map((trace) => trace.durationMs));
    list.set(page.traces);
  }

  async function loadMore() {
    if (!more || loading || list.items.length === 0) return;
    loading = true;
    const mine = round;
    try {
      const page = await get(query({ before: list.items.at(-1).number }));
      if (mine !== round) return;
      more = page.traces.length === PAGE;
      list.append(page.traces);
    } catch (error) {
      more = false;
      say(error.message);
    } finally {
      loading = false;
    }
  }

  main.append(h("div", { className: "bar" }, h("h1", {}, "Traces")),
    h("div", { className: "filters" }, h("label", {}, h("span", {}, "Resource"), resource), h("label", {}, h("span", {}, "Text"), text), h("label", {}, h("span", {}, "Duration"), least), h("label", {}, h("span", {}, "Across"), reach),
      h("label", { className: "check" }, errors, "Errors only"), attributes.element, pause.element), list.element);
  const known = await get("/api/resources");
  offer(resource, [...new Set(known.filter((one) => one.isRunnable).map((one) => one.name))]);
  resource.value = remembered("resource");
  bound(resource, "resource", reload);
  // Traces go on growing after they are first seen, so the top of the list is read anew; not under somebody who has scrolled away from it.
  poll(async () => { if (!pause.isOn() && list.element.scrollTop === 0) await reload(); }, 2000);
}
