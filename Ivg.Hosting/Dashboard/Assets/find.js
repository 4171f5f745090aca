import { logDetails } from "/assets/logs.js";
import { panel } from "/assets/details.js";
import { get, h, remembered } from "/assets/dom.js";
import { clock, colour, duration } from "/assets/format.js";
import { sources } from "/assets/trace.js";
import { spanDetails, waterfall } from "/assets/waterfall.js";

export default async function find(main) {
  const id = remembered("id");
  document.getElementById("find-id").value = id;
  document.title = `${id} – Dashboard`;
  main.append(h("h1", { className: "id" }, id || "Find"));
  if (!id) {
    main.append(h("p", {}, "Paste a request_id, job_id, user_id or trace id into the box on top."));
    return;
  }
  const life = await get(`/api/telemetry/find?id=${encodeURIComponent(id)}`);
  const { spans, logs } = life;
  if (spans.length === 0 && logs.length === 0) {
    main.append(h("p", {}, "No span and no log line has it. Telemetry arrives about a second after the fact, and the oldest is dropped."));
    return;
  }
  const times = [...spans.flatMap((span) => [Date.parse(span.start), Date.parse(span.start) + span.durationMs]), ...logs.map((log) => Date.parse(log.time))];
  const details = panel("Details");
  const processes = new Set([...spans, ...logs].map((one) => one.instance || one.resource));
  main.append(
    h("p", { className: "muted" }, `${life.names.length > 0 ? `A ${life.names.join(" and ")}` : "A trace"}: ${life.traces.length} traces, ${spans.length} spans and ${logs.length} log lines of ${processes.size} processes over ${duration(Math.max(...times) - Math.min(...times))}${life.truncated ? "; there is more than is shown" : ""}`),
    sources(spans),
    h("div", { className: "split" }, h("div", {},
      spans.length > 0 && h("section", {}, h("h2", {}, "Life"), waterfall(spans, logs, (span, said) => details.show(span.name, spanDetails(span, said)))),
      h("section", {}, h("h2", {}, "What was said"), logs.length === 0 ? h("p", { className: "muted" }, "Nothing.") : h("ol", { className: "said-list" }, logs.map((log) => h("li", { className: "said", "data-level": log.level },
        h("span", { className: "muted" }, clock(log.time)), h("span", { className: `from ${colour(log.resource)}` }, log.resource),
        h("button", { type: "button", className: "open", onclick: () => details.show("Log line", logDetails(log)) }, log.message))))),
      h("section", {}, h("h2", {}, "Traces"), h("ul", { className: "plain" }, life.traces.map((trace) => h("li", {}, h("span", { className: "muted" }, clock(trace.start), " "),
        h("a", { href: `/traces/${trace.traceId}` }, `${trace.source}: ${trace.name}`), ` ${duration(trace.durationMs)}, ${trace.spans} spans`))))),
    details.element));
}
