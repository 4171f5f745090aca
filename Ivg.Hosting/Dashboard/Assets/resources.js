import { Commands } from "/assets/commands.js";
import { panel } from "/assets/details.js";
import { get, h, say, setText } from "/assets/dom.js";
import { bytes, clock, colour, digits } from "/assets/format.js";
import { drawGraph } from "/assets/graph.js";
import { resourceDetails, stateText, tone } from "/assets/resource.js";

const COLUMNS = ["Name", "State", "Started", "Source", "Endpoints", "CPU", "Memory", "Restarts", ""];

export default function resources(main) {
  const details = panel("Details of a resource");
  const outcome = h("p", { role: "alert", className: "outcome" });
  const commands = new Commands(outcome);
  const body = h("tbody", {});
  const table = h("div", { className: "scroll", role: "region", "aria-label": "Resources", tabIndex: 0 },
    h("table", { className: "resources" }, h("thead", {}, h("tr", {}, COLUMNS.map((column) => h("th", { scope: "col", className: ["Started", "Source", "Restarts"].includes(column) ? column.toLowerCase() : "" }, column || h("span", { className: "unseen" }, "Actions"))))), body));
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
        h("td", { className: "actions" }, resource.isRunnable ? commands.buttons(resource) : []));
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
    commands.enable(row, resource);
    renderOwn(row.querySelector(".actions"), resource);
    renderLinks(row.querySelector(".links"), resource.links);
  }

  function renderOwn(cell, resource) {
    const list = resource.commands.filter((command) => command.highlighted);
    const key = JSON.stringify(list);
    if (cell.dataset.key === key) return;
    cell.dataset.key = key;
    cell.querySelectorAll(".own").forEach((button) => button.remove());
    cell.append(...commands.own(resource, list));
  }

  function renderLinks(cell, links) {
    const key = JSON.stringify(links);
    if (cell.dataset.key === key) return;
    cell.dataset.key = key;
    cell.replaceChildren(...links.map((link) => /^https?:/.test(link.url)
      ? h("a", { href: link.url, target: "_blank", rel: "noreferrer" }, link.text) : h("span", {}, link.text)));
  }

  async function open(id) {
    const found = await get(`/api/resources/${encodeURIComponent(id)}`);
    shown = id;
    // A resource by its name: the first of its replicas.
    const openNamed = (name) => open(latest.find((other) => other.name === name)?.id ?? name);
    const reopen = () => open(latest.some((other) => other.id === shown) ? shown : found.row.name).catch(() => details.close());
    details.show(id, ...resourceDetails(id, found, commands, openNamed, reopen));
    commands.enable(details.element, found.row);
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
