import { get, h, say, send } from "/assets/dom.js";
import { colour } from "/assets/format.js";

const KEYS = { r: "/", c: "/console", l: "/logs", s: "/logs", t: "/traces", m: "/metrics" };
const path = location.pathname;
const help = document.getElementById("help");
const find = document.getElementById("find-id");

function moduleOf() {
  if (path === "/") return "resources";
  if (path.startsWith("/traces/")) return "trace";
  if (path.startsWith("/pages/")) return "page";
  return path.slice(1);
}

function markCurrent() {
  for (const link of document.querySelectorAll("#pages a")) {
    const target = link.getAttribute("href");
    if (path === target || (target !== "/" && path.startsWith(`${target}/`))) {
      link.setAttribute("aria-current", "page");
      document.title = `${link.textContent} – Dashboard`;
    }
  }
}

async function addPages() {
  for (const page of await get("/api/pages")) {
    document.getElementById("pages").append(h("li", {}, h("a", { href: `/pages/${page.name}` }, page.title)));
  }
  markCurrent();
}

async function showHelp() {
  help.showModal();
  const state = await get("/api/telemetry");
  const facts = [
    ["OTLP, gRPC", state.grpcUrl], ["OTLP, HTTP", state.httpUrl],
    ...["logs", "spans", "series"].map((kind) => [kind, `${state[kind].count} of at most ${state[kind].max}${state[kind].dropped ? `, ${state[kind].dropped} older ones dropped` : ""}`]),
  ];
  document.getElementById("telemetry").replaceChildren(...facts.flatMap(([name, text]) => [h("dt", {}, name), h("dd", {}, text)]));
}

document.getElementById("help-open").addEventListener("click", showHelp);
document.getElementById("clear").addEventListener("click", async () => {
  await send("DELETE", "/api/telemetry");
  location.reload();
});

document.getElementById("find").addEventListener("submit", (event) => {
  event.preventDefault();
  if (find.value.trim()) location.href = `/find?id=${encodeURIComponent(find.value.trim())}`;
});
// What is pasted there is an id: no need to press anything.
find.addEventListener("paste", () => setTimeout(() => find.form.requestSubmit()));

const theme = document.getElementById("theme");
theme.value = document.documentElement.dataset.theme ?? "";
theme.addEventListener("change", () => {
  if (theme.value) document.documentElement.dataset.theme = theme.value;
  else delete document.documentElement.dataset.theme;
  try { localStorage.setItem("theme", theme.value); } catch { /* For this page only, then. */ }
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, dialog[open]")) return;
  if (KEYS[event.key]) location.href = KEYS[event.key];
  else if (event.key === "/") find.focus();
  else if (event.key === "?") showHelp();
  else if (event.key === "p") document.getElementById("pause")?.click();
  else if (event.key === "Escape") document.querySelector("aside .close")?.click();
  else return;
  event.preventDefault();
});

markCurrent();
try {
  for (const resource of await get("/api/resources")) colour(resource.name);
  await addPages();
  const page = await import(`/assets/${moduleOf()}.js`);
  await page.default(document.getElementById("main"));
} catch (error) {
  say(error.message);
}
