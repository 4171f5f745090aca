import { attributeFilters } from "/assets/attributes.js";
import { facts, panel, section } from "/assets/details.js";
import { bound, get, h, offer, option, pauseButton, poll, remembered, say } from "/assets/dom.js";
import { clock, colour, counted } from "/assets/format.js";
import { VirtualList } from "/assets/list.js";

const PAGE = 200;
const MAX_ITEMS = 100_000;

export function logDetails(log, filter) {
  const { "exception.type": type, "exception.message": message, "exception.stacktrace": stack, ...others } = log.attributes;
  return [
    h("p", { className: "message" }, log.message),
    facts([["Time", new Date(log.time).toLocaleString()], ["Level", log.level], ["Category", log.category], ["Resource", log.resource], ["Instance", log.instance],
      ["Trace", log.traceId && h("a", { href: `/traces/${log.traceId}#${log.spanId ?? ""}` }, log.traceId)], ["Span", log.spanId]]),
    type && section("Exception", facts([["Type", type], ["Message", message]]), stack ? h("pre", { tabIndex: 0 }, stack) : null),
    section("Attributes", facts(Object.entries(others), filter)),
  ];
}

export default async function logs(main) {
  const resource = h("select", { id: "resource" }, option("", "All"));
  resource.dataset.name = "resource";
  const level = bound(h("select", { id: "level" }, option("", "All"), ["debug", "information", "warning", "error", "critical"].map((one) => option(one, `${one} and above`))), "level", reload);
  const text = bound(h("input", { type: "search", id: "text", placeholder: "In message or attributes" }), "text", reload);
  const attributes = attributeFilters(reload);
  const pause = pauseButton();
  const count = h("span", { className: "muted" });
  const details = panel("Details of a log line");
  const list = new VirtualList("Structured logs", ["Time", "Resource", "Level", "Message", "Trace"], row, loadMore);
  let [newest, more, loading, round, matched] = [0, false, false, 0, 0];

  function row(log) {
    return h("div", { role: "row", className: "row log", "data-level": log.level },
      h("span", { role: "cell", className: "time" }, clock(log.time)), h("span", { role: "cell", className: `from ${colour(log.resource)}` }, log.resource),
      h("span", { role: "cell", className: "level" }, log.level),
      h("span", { role: "cell", className: "message" }, h("button", { type: "button", "data-key": log.id, onclick: () => open(log) }, log.message || "(no message)")),
      h("span", { role: "cell", className: "trace" }, log.traceId ? h("a", { href: `/traces/${log.traceId}#${log.spanId ?? ""}`, "aria-label": `Trace ${log.traceId.slice(0, 7)}` }, log.traceId.slice(0, 7)) : ""));
  }

  function open(log) {
    details.show("Log line", logDetails(log, (name, value) => attributes.add(`${name}:${value}`)));
  }

  function query(extra) {
    const wanted = new URLSearchParams({ limit: PAGE, ...extra });
    for (const [name, control] of Object.entries({ resource, level, text })) if (control.value) wanted.set(name, control.value);
    attributes.append(wanted);
    return `/api/telemetry/logs?${wanted}`;
  }

  async function reload() {
    const mine = ++round;
    const page = await get(query({}));
    if (mine !== round) return;
    [more, matched] = [page.more, page.matched];
    newest = page.logs[0]?.id ?? newest;
    list.set(page.logs);
    tell();
  }

  function tell() {
    count.textContent = counted(matched, "line");
  }

  async function loadMore() {
    if (!more || loading || list.items.length === 0) return;
    loading = true;
    const mine = round;
    try {
      const page = await get(query({ before: list.items.at(-1).id }));
      if (mine !== round) return;
      more = page.more;
      list.append(page.logs);
    } catch (error) {
      more = false;
      say(error.message);
    } finally {
      loading = false;
    }
  }

  async function follow() {
    if (pause.isOn()) return;
    const [mine, since] = [round, newest];
    const page = await get(query({ after: since, limit: 1000 }));
    // A list that was read anew meanwhile has these lines already.
    if (mine !== round || since !== newest || page.logs.length === 0) return;
    if (page.more) { await reload(); return; }
    newest = page.logs[0].id;
    matched += page.logs.length;
    list.prepend(page.logs, MAX_ITEMS);
    tell();
  }

  main.append(h("div", { className: "bar" }, h("h1", {}, "Structured logs"), count),
    h("div", { className: "filters" }, h("label", {}, h("span", {}, "Resource"), resource), h("label", {}, h("span", {}, "Level"), level),
      h("label", {}, h("span", {}, "Text"), text), attributes.element, pause.element),
    h("div", { className: "split" }, list.element, details.element));
  const known = await get("/api/resources");
  offer(resource, [...new Set(known.filter((one) => one.isRunnable).map((one) => one.name))]);
  resource.value = remembered("resource");
  bound(resource, "resource", reload);
  await reload();
  poll(follow, 1000);
}
