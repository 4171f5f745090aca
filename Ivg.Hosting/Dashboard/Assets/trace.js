import { panel } from "/assets/details.js";
import { get, h, say } from "/assets/dom.js";
import { colour, duration } from "/assets/format.js";
import { spanDetails, waterfall } from "/assets/waterfall.js";

export function sources(spans) {
  return h("ul", { className: "legend" }, [...Map.groupBy(spans, (span) => span.resource)].map(([name, list]) => h("li", { className: colour(name) }, `${name} ${list.length}`)));
}

export default async function trace(main) {
  const id = location.pathname.split("/")[2];
  document.title = `Trace ${id.slice(0, 7)} – Dashboard`;
  const details = panel("Details of a span");
  let found;
  try {
    found = await get(`/api/telemetry/traces/${encodeURIComponent(id)}`);
  } catch {
    main.append(h("h1", {}, "Trace"), h("p", {}, "This trace is not here: it was dropped for newer ones, or has not arrived yet."), h("a", { href: `/find?id=${encodeURIComponent(id)}` }, "Find it again"));
    return;
  }
  const { spans, logs, linkedFrom } = found;
  const here = new Set(spans.map((span) => span.spanId));
  const root = spans.find((span) => !here.has(span.parentId)) ?? spans[0];
  const end = Math.max(...spans.map((span) => Date.parse(span.start) + span.durationMs));
  const open = (span, said) => {
    details.show(span.name, spanDetails(span, said, linkedFrom.filter((one) => one.links.some((link) => link.spanId === span.spanId))));
    history.replaceState(null, "", `#${span.spanId}`);
  };
  const failed = spans.filter((span) => span.isError).length;
  main.append(h("div", { className: "bar" }, h("h1", {}, `${root.resource}: ${root.name}`)),
    h("p", { className: "muted" }, `${duration(end - Date.parse(spans[0].start))}, ${spans.length} spans, ${logs.length} log lines${failed ? `, ${failed} failed` : ""}, ${new Date(root.start).toLocaleString()} · ${id}`), sources(spans),
    h("div", { className: "split" }, waterfall(spans, logs, open), details.element));
  const chosen = spans.find((span) => span.spanId === location.hash.slice(1));
  if (chosen) {
    open(chosen, logs.filter((log) => log.spanId === chosen.spanId));
    document.getElementById(chosen.spanId)?.scrollIntoView({ block: "center" });
  }
  if (linkedFrom.length > 0) say(`${linkedFrom.length} spans of other traces link here`);
}
