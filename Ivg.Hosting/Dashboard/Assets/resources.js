import { facts, panel, section } from "/assets/details.js";
import { get, h, say, send, setText } from "/assets/dom.js";
import { bytes, clock, colour, digits } from "/assets/format.js";
import { drawGraph } from "/assets/graph.js";

const BUSY = ["Waiting", "Starting", "Stopping", "Restarting", "NotStarted"];
const ALIVE = ["Running", "Starting", "Waiting", "Restarting", "Stopping"];
const COLUMNS = ["Name", "State", "Started", "Source", "Endpoints", "CPU", "Memory", "Restarts", ""];

export function tone(resource) {
  if (resource.state === "FailedToStart") return "bad";
  if (resource.state === "Exited") return resource.reason === "stopped" ? "" : "bad";
  if (BUSY.includes(resource.state)) return "busy";
  if (resource.state === "Running") return resource.health === "Healthy" ? "good" : "busy";
  return resource.state === "Finished" ? "good" : "";
}

function stateText(resource) {
  return resource.state !== "Running" || !resource.health ? resource.state : `Running, ${resource.health.toLowerCase()}`;
}

export default function resources(main) {
  const details = panel("Details of a resource");
  const outcome = h("p", { role: "alert", className: "outcome" });
  const body = h("tbody", {});
  const table = h("div", { className: "scroll", role: "region", "aria-label": "Resources", tabIndex: 0 },
    h("table", { className: "resources" }, h("thead", {}, h("tr", {}, COLUMNS.map((column) => h("th", { scope: "col", className: column.toLowerCase() }, column || h("span", { className: "unseen" }, "Actions"))))), body));
  const graph = h("div", { className: "graph scroll", role: "region", "aria-label": "Graph of the resources; the table says the same", tabIndex: 0, hidden: true });
  const views = ["Table", "Graph"].map((view) => h("button", { type: "button", "aria-pressed": String(view === "Table"), onclick: () => show(view) }, view));
  let latest = [];
  let shown = null;

  function show(view) {
    table.hidden = view !== "Table";
    graph.hidden = view === "Table";
    for (const button of views) button.setAttribute("aria-pressed", String(button.textContent === view));
    if (!graph.hidden) drawGraph(graph, latest, tone, open);
  }

  // Rows are changed in place: a button keeps the focus while what is around it changes.
  function renderRow(resource) {
    let row = body.querySelector(`[data-id="${CSS.escape(resource.id)}"]`);
    if (!row) {
      row = h("tr", {}, h("th", { scope: "row" }, h("button", { type: "button", className: `name ${colour(resource.name)}`, onclick: () => open(resource.id) }, resource.id)),
        h("td", {}, h("span", { className: "state" }), h("span", { className: "reason" })), h("td", { className: "started nowrap" }), h("td", { className: "source nowrap" }),
        h("td", { className: "links" }), h("td", { className: "cpu number" }), h("td", { className: "memory number" }), h("td", { className: "restarts number" }),
        h("td", { className: "actions" }, resource.isRunnable ? commands(resource) : []));
      row.dataset.id = resource.id;
      body.append(row);
    }
    row.dataset.tone = tone(resource);
    const cell = (name, text) => setText(row.querySelector(`.${name}`), text);
    cell("state", stateText(resource));
    cell("reason", resource.reason ?? "");
    cell("started", resource.started ? clock(resource.started, false) : "");
    cell("source", resource.source ?? resource.type);
    cell("cpu", resource.processor === null ? "" : `${digits(resource.processor)} %`);
    cell("memory", resource.memory === null ? "" : bytes(resource.memory));
    cell("restarts", resource.isRunnable ? String(resource.restarts) : "");
    enable(row, resource);
    renderLinks(row.querySelector(".links"), resource.links);
  }

  function commands(resource) {
    return ["Start", "Stop", "Restart"].map((text) => h("button",
      { type: "button", "data-command": text.toLowerCase(), "aria-label": `${text} ${resource.id}`, onclick: (event) => execute(event, resource.id) }, text));
  }

  function enable(container, resource) {
    const alive = ALIVE.includes(resource.state);
    for (const button of container.querySelectorAll("[data-command]")) {
      const wanted = button.dataset.command === "start" ? !alive : alive;
      button.setAttribute("aria-disabled", String(!wanted));
      button.disabled = !wanted && document.activeElement !== button;
    }
  }

  function renderLinks(cell, links) {
    const key = JSON.stringify(links);
    if (cell.dataset.key === key) return;
    cell.dataset.key = key;
    cell.replaceChildren(...links.map((link) => /^https?:/.test(link.url)
      ? h("a", { href: link.url, target: "_blank", rel: "noreferrer" }, link.text) : h("span", {}, link.text)));
  }

  async function execute(event, id) {
    const button = event.currentTarget;
    if (button.getAttribute("aria-disabled") === "true") return;
    const { command } = button.dataset;
    setText(outcome, "");
    say(`${button.textContent} ${id}…`);
    try {
      const message = await send("POST", `/api/resources/${encodeURIComponent(id)}/${command}`);
      say(message ?? `${button.textContent} ${id}: done`);
    } catch (error) {
      say("");
      setText(outcome, `${button.textContent} ${id}: ${error.message}`);
    }
  }

  async function open(id) {
    const found = await get(`/api/resources/${encodeURIComponent(id)}`);
    const { row } = found;
    shown = id;
    const to = (page, text) => h("a", { href: `${page}?resource=${encodeURIComponent(page === "/console" ? id : row.name)}` }, text);
    const references = (list) => h("ul", { className: "plain" }, list.map((one) => h("li", {}, `${one.kind} `,
      h("button", { type: "button", className: "link", onclick: () => open(latest.find((other) => other.name === one.name)?.id ?? one.name) }, one.name))));
    details.show(id,
      h("p", { className: "bar" }, to("/console", "Console"), to("/logs", "Logs"), to("/traces", "Traces"), to("/metrics", "Metrics")),
      row.isRunnable && h("p", { className: "bar" }, commands(row)),
      facts([["State", stateText(row)], ["Reason", row.reason], ["Type", row.type], ["Source", row.source], ["Started", row.started && new Date(row.started).toLocaleString()],
        ["Stopped", found.stopped && new Date(found.stopped).toLocaleString()], ["Exit code", found.exitCode], ["Process", row.processId], ["Restarts", row.isRunnable ? row.restarts : null]]),
      found.checks.length > 0 && section("Health checks", h("ul", { className: "plain" }, found.checks.map((check) => h("li", { "data-tone": check.status === "Healthy" ? "good" : "busy" },
        h("span", { className: "state" }, check.status ?? "Not asked yet"), ` ${check.name}`, check.description ? h("span", { className: "reason" }, ` ${check.description}`) : null)))),
      found.needs.length > 0 && section("Needs", references(found.needs)),
      found.neededBy.length > 0 && section("Needed by", h("ul", { className: "plain" }, found.neededBy.map((one) => h("li", {},
        h("button", { type: "button", className: "link", onclick: () => open(latest.find((other) => other.name === one.name)?.id ?? one.name) }, one.name), ` ${one.kind} it`)))),
      found.environment.length > 0 && section("Environment", facts(found.environment.map((one) => [one.name, one.masked ? "●●●●●●●●" : one.value]))));
    enable(details.element, row);
  }

  main.append(h("div", { className: "bar" }, h("h1", {}, "Resources"), h("div", { className: "pair", role: "group", "aria-label": "View" }, views)), outcome,
    h("div", { className: "split" }, h("div", {}, table, graph), details.element));
  const stream = new EventSource("/api/resources/stream");
  stream.addEventListener("error", () => say("The host does not answer; trying again…"));
  stream.addEventListener("open", () => say(""));
  stream.addEventListener("resources", (event) => {
    const changed = JSON.parse(event.data);
    const before = latest.find((one) => one.id === shown);
    latest = changed;
    const kept = new Set(latest.map((resource) => resource.id));
    for (const row of [...body.children]) if (!kept.has(row.dataset.id)) row.remove();
    latest.forEach(renderRow);
    if (!graph.hidden) drawGraph(graph, latest, tone, open);
    const now = latest.find((one) => one.id === shown);
    if (!details.element.hidden && now && before && (now.state !== before.state || now.health !== before.health)) open(shown);
  });
}
