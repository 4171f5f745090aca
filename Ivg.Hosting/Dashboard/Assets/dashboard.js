const rows = document.getElementById("rows");
const template = document.getElementById("row");
const output = document.getElementById("console");
const title = document.getElementById("console-title");
const outcome = document.getElementById("outcome");
const connection = document.getElementById("connection");
const follow = document.getElementById("follow");
const wrap = document.getElementById("wrap");

const LINES_SHOWN = 2000;
const BUSY = ["Waiting", "Starting", "Stopping", "Restarting", "NotStarted"];
const BAD = ["FailedToStart"];
const ANSI = /\u001b\[[0-9;]*[A-Za-z]/g;
let consoleOf = null;
let consoleStream = null;

function tone(resource) {
  if (BAD.includes(resource.state)) return "bad";
  if (resource.state === "Exited") return resource.reason === "stopped" ? "" : "bad";
  if (BUSY.includes(resource.state)) return "busy";
  if (resource.state === "Running") return resource.health === "Healthy" ? "good" : "busy";
  return "";
}

function stateText(resource) {
  if (resource.state !== "Running" || !resource.health) return resource.state;
  return `Running, ${resource.health.toLowerCase()}`;
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function render(resources) {
  const kept = new Set(resources.map((resource) => resource.id));
  for (const row of [...rows.children]) if (!kept.has(row.dataset.id)) row.remove();
  for (const resource of resources) renderRow(resource);
}

// Rows are changed in place: a button keeps the focus while what is around it changes.
function renderRow(resource) {
  let row = rows.querySelector(`[data-id="${CSS.escape(resource.id)}"]`);
  if (!row) {
    row = template.content.firstElementChild.cloneNode(true);
    row.dataset.id = resource.id;
    row.querySelector(".name").textContent = resource.id;
    for (const button of row.querySelectorAll(".actions button")) {
      button.setAttribute("aria-label", `${button.textContent} ${resource.id}`);
    }
    if (!resource.isRunnable) row.querySelector(".actions").replaceChildren();
    rows.append(row);
  }
  const running = ["Running", "Starting", "Waiting", "Restarting", "Stopping"].includes(resource.state);
  row.dataset.tone = tone(resource);
  setText(row.querySelector(".state"), stateText(resource));
  setText(row.querySelector(".reason"), resource.reason ?? "");
  setText(row.querySelector(".started"), resource.started ? new Date(resource.started).toLocaleTimeString() : "");
  setText(row.querySelector(".type"), resource.type);
  setText(row.querySelector(".restarts"), resource.isRunnable ? String(resource.restarts) : "");
  for (const button of row.querySelectorAll(".actions button")) {
    const wanted = button.dataset.action === "start" ? !running : running;
    button.setAttribute("aria-disabled", String(!wanted));
    button.disabled = !wanted && document.activeElement !== button;
  }
  renderLinks(row.querySelector(".links"), resource.links);
}

function renderLinks(cell, links) {
  const key = JSON.stringify(links);
  if (cell.dataset.key === key) return;
  cell.dataset.key = key;
  cell.replaceChildren(...links.map((link) => {
    if (!/^https?:/.test(link.url)) return Object.assign(document.createElement("span"), { textContent: link.text });
    return Object.assign(document.createElement("a"), { href: link.url, textContent: link.text, target: "_blank", rel: "noreferrer" });
  }));
}

async function execute(id, command) {
  outcome.textContent = "";
  try {
    const response = await fetch(`/api/resources/${encodeURIComponent(id)}/${command}`, { method: "POST", headers: { "X-Dashboard": "1" } });
    if (!response.ok) outcome.textContent = (await response.json()).message ?? `${command} ${id}: ${response.status}`;
  } catch {
    outcome.textContent = `${command} ${id}: the host does not answer`;
  }
}

function showConsole(id) {
  consoleStream?.close();
  consoleOf = id;
  title.textContent = `Console of ${id}`;
  output.replaceChildren();
  for (const row of rows.children) row.setAttribute("aria-current", String(row.dataset.id === id));
  consoleStream = new EventSource(`/api/console/stream?resource=${encodeURIComponent(id)}`);
  consoleStream.addEventListener("open", () => output.replaceChildren());
  consoleStream.addEventListener("lines", (event) => append(JSON.parse(event.data)));
}

function append(lines) {
  output.append(...lines.map((line) => {
    const element = document.createElement("span");
    element.textContent = `${line.text.replace(ANSI, "")}\n`;
    if (line.isError) element.className = "error";
    return element;
  }));
  while (output.childElementCount > LINES_SHOWN) output.firstElementChild.remove();
  if (follow.checked) output.scrollTop = output.scrollHeight;
}

rows.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-action]");
  if (!button || button.getAttribute("aria-disabled") === "true") return;
  const id = button.closest("tr").dataset.id;
  if (button.dataset.action === "console") showConsole(id);
  else execute(id, button.dataset.action);
});

wrap.addEventListener("change", () => output.classList.toggle("wrap", wrap.checked));
output.classList.toggle("wrap", wrap.checked);

const stream = new EventSource("/api/resources/stream");
stream.addEventListener("open", () => { connection.textContent = "Live"; });
stream.addEventListener("error", () => { connection.textContent = "The host does not answer; trying again…"; });
stream.addEventListener("resources", (event) => {
  render(JSON.parse(event.data));
  if (consoleOf) for (const row of rows.children) row.setAttribute("aria-current", String(row.dataset.id === consoleOf));
});
