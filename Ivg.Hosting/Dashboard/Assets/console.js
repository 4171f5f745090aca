import { ansi, plain } from "/assets/ansi.js";
import { bound, get, h, offer, option, pauseButton, remembered, say } from "/assets/dom.js";
import { clock, colour } from "/assets/format.js";

const MAX_LINES = 5000;

export default async function console(main) {
  const output = h("div", { className: "console", tabIndex: 0, role: "log", "aria-label": "Console output", "aria-live": "off" });
  const resource = h("select", { id: "resource" }, option("", "All resources"));
  resource.dataset.name = "resource";
  const search = bound(h("input", { type: "search", id: "search", placeholder: "Search" }), "text", redraw);
  const wrap = bound(h("input", { type: "checkbox", checked: true }), "wrap", () => output.classList.toggle("wrap", wrap.checked));
  const times = bound(h("input", { type: "checkbox" }), "times", () => output.classList.toggle("times", times.checked));
  const pause = pauseButton((paused) => {
    if (paused) say("Paused: new lines wait.");
    else take([]);
  });
  const download = h("a", { className: "button" }, "Download");
  const matches = h("span", { className: "muted" });
  let lines = [];
  let waiting = [];
  let stream = null;

  function take(added) {
    waiting = [...waiting, ...added].slice(-MAX_LINES);
    if (pause.isOn()) {
      if (waiting.length > 0) pause.element.textContent = `Go on (${waiting.length} wait)`;
      return;
    }
    const atEnd = output.scrollHeight - output.scrollTop - output.clientHeight < 40;
    lines = [...lines, ...waiting].slice(-MAX_LINES);
    output.append(...waiting.filter(wanted).map(draw));
    waiting = [];
    while (output.childElementCount > MAX_LINES) output.firstElementChild.remove();
    count();
    // Whoever scrolled back reads on; at the end one follows.
    if (atEnd) output.scrollTop = output.scrollHeight;
  }

  function wanted(line) {
    return !search.value || plain(line.text).toLowerCase().includes(search.value.toLowerCase());
  }

  function draw(line) {
    return h("div", { className: line.isError ? "line error" : "line" }, h("time", { dateTime: line.time }, clock(line.time)),
      resource.value ? null : h("span", { className: `from ${colour(line.resource)}` }, line.resource), h("span", { className: "text" }, ansi(line.text)));
  }

  function redraw() {
    output.replaceChildren(...lines.filter(wanted).map(draw));
    output.scrollTop = output.scrollHeight;
    count();
  }

  function count() {
    matches.textContent = search.value ? `${output.childElementCount} of ${lines.length} lines` : `${lines.length} lines`;
  }

  function connect() {
    stream?.close();
    const query = resource.value ? `?resource=${encodeURIComponent(resource.value)}` : "";
    download.href = `/api/console/download${query}`;
    stream = new EventSource(`/api/console/stream${query}`);
    // On each connection the host begins with the lines it has.
    stream.addEventListener("open", () => { [lines, waiting] = [[], []]; output.replaceChildren(); say(""); });
    stream.addEventListener("lines", (event) => take(JSON.parse(event.data)));
    stream.addEventListener("error", () => say("The host does not answer; trying again…"));
  }

  main.append(h("div", { className: "bar" }, h("h1", {}, "Console"), matches),
    h("div", { className: "filters" }, h("label", {}, h("span", {}, "Resource"), resource), h("label", {}, h("span", {}, "Search"), search),
      h("label", { className: "check" }, wrap, "Wrap"), h("label", { className: "check" }, times, "Times"), pause.element, download), output);
  output.classList.toggle("wrap", wrap.checked);
  output.classList.toggle("times", times.checked);
  offer(resource, (await get("/api/resources")).filter((one) => one.isRunnable).map((one) => one.id));
  resource.value = remembered("resource");
  bound(resource, "resource", connect);
  connect();
}
