import { facts, section } from "/assets/details.js";
import { css, h } from "/assets/dom.js";
import { clock, colour, duration } from "/assets/format.js";

const MAX_ROWS = 2000;
const TICKS = 4;

/** Spans under their parents, in the order of their start; a span whose parent is not here stands on the left. */
function flatten(spans) {
  const here = new Set(spans.map((span) => span.spanId));
  const children = Map.groupBy(spans, (span) => (here.has(span.parentId) ? span.parentId : null));
  const rows = [];
  const visit = (parent, depth) => {
    for (const span of children.get(parent) ?? []) {
      rows.push({ span, depth, hasChildren: children.has(span.spanId) });
      visit(span.spanId, depth + 1);
    }
  };
  visit(null, 0);
  return rows;
}

const time = (text) => Date.parse(text) + (Number(/\.\d{3}(\d*)/.exec(text)?.[1]?.padEnd(4, "0").slice(0, 4) ?? 0) / 10_000);

export function spanDetails(span, logs, linkedFrom = []) {
  const link = (one, text) => h("a", { href: `/traces/${one.traceId}#${one.spanId}` }, text);
  return [
    facts([["Resource", span.resource], ["Duration", duration(span.durationMs)], ["Started", clock(span.start)], ["Kind", span.kind], ["Status", span.isError ? `Error ${span.statusMessage ?? ""}` : "Ok"],
      ["Scope", span.scope], ["Trace", link({ traceId: span.traceId, spanId: span.spanId }, span.traceId)], ["Span", span.spanId], ["Parent", span.parentId], ["Instance", span.instance]]),
    logs.length > 0 && section("Logs", h("ul", { className: "plain" }, logs.map((log) => h("li", { className: "said", "data-level": log.level }, h("span", { className: "muted" }, clock(log.time)), " ", log.message)))),
    span.events.length > 0 && section("Events", ...span.events.map((event) => h("div", {}, h("p", {}, h("span", { className: "muted" }, clock(event.time)), " ", event.name), facts(Object.entries(event.attributes))))),
    span.links.length > 0 && section("Links", h("ul", { className: "plain" }, span.links.map((one) => h("li", {}, link(one, `${one.traceId} ${one.spanId}`))))),
    linkedFrom.length > 0 && section("Linked from", h("ul", { className: "plain" }, linkedFrom.map((one) => h("li", {}, link(one, `${one.resource}: ${one.name}`))))),
    section("Attributes", facts(Object.entries(span.attributes))),
  ];
}

/** Bars over a common time, with a mark for each log line. */
export function waterfall(spans, logs, open) {
  const all = flatten(spans);
  const rows = all.slice(0, MAX_ROWS);
  const start = Math.min(...spans.map((span) => time(span.start)));
  const end = Math.max(...spans.map((span) => time(span.start) + span.durationMs), start + 0.001);
  const share = (at) => Math.min(100, Math.max(0, (100 * (at - start)) / (end - start)));
  const logsOf = Map.groupBy(logs, (log) => log.spanId);
  const collapsed = new Set();
  const items = rows.map(({ span, depth, hasChildren }, index) => {
    const toggle = hasChildren ? h("button", { type: "button", className: "toggle", "aria-expanded": "true", "aria-label": `Spans under ${span.name}`, onclick: () => fold(index) }, "▾") : h("span", { className: "toggle" });
    const marks = (logsOf.get(span.spanId) ?? []).map((log) => css(h("span", { className: "mark", "data-level": log.level, title: log.message }), { "--x": `${share(time(log.time))}%` }));
    const bar = css(h("span", { className: "bar-of-span" }), { "--x": `${share(time(span.start))}%`, "--w": `${(100 * span.durationMs) / (end - start)}%` });
    const [from, to] = [share(time(span.start)), share(time(span.start) + span.durationMs)];
    const text = css(h("span", { className: to <= 75 ? "took" : from >= 25 ? "took before" : "took inside" }, duration(span.durationMs)), { "--x": `${to <= 75 ? to : from}%` });
    return h("li", { id: span.spanId, className: `${colour(span.resource)}${span.isError ? " failed" : ""}` },
      css(h("div", { className: "label" }, toggle, h("button", { type: "button", className: "open", onclick: () => open(span, logsOf.get(span.spanId) ?? []) },
        h("span", { className: "from" }, span.resource), " ", span.name, span.isError ? h("span", { className: "error" }, " failed") : null, h("span", { className: "unseen" }, `, ${duration(span.durationMs)}`))), { "--depth": depth }),
      h("div", { className: "lane", "aria-hidden": "true", onclick: () => open(span, logsOf.get(span.spanId) ?? []) }, bar, marks, text));
  });

  function fold(index) {
    if (!collapsed.delete(index)) collapsed.add(index);
    let hiddenBelow = Infinity;
    rows.forEach(({ depth }, i) => {
      if (depth <= hiddenBelow) hiddenBelow = Infinity;
      items[i].hidden = depth > hiddenBelow;
      if (collapsed.has(i) && hiddenBelow === Infinity) hiddenBelow = depth;
    });
    const button = items[index].querySelector("button.toggle");
    button.setAttribute("aria-expanded", String(!collapsed.has(index)));
    button.textContent = collapsed.has(index) ? "▸" : "▾";
  }

  const ticks = h("div", { className: "ticks", "aria-hidden": "true" }, h("div", {}), h("div", { className: "lane" },
    Array.from({ length: TICKS }, (_, i) => css(h("span", {}, i === 0 ? "0" : duration(((end - start) * i) / TICKS)), { "--x": `${(100 * i) / TICKS}%` }))));
  return h("div", { className: "waterfall" }, ticks, h("ol", { "aria-label": "Spans" }, items),
    all.length > rows.length ? h("p", { className: "muted" }, `The first ${rows.length} of ${all.length} spans are shown.`) : null);
}
