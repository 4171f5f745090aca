import { facts, section } from "/assets/details.js";
import { h } from "/assets/dom.js";

const BUSY = ["Waiting", "Starting", "Stopping", "Restarting"];

export function tone(resource) {
  if (resource.state === "FailedToStart") return "bad";
  if (resource.state === "Exited") return resource.reason === "stopped" ? "" : "bad";
  if (BUSY.includes(resource.state)) return "busy";
  if (resource.state === "Running") return resource.health === "Healthy" ? "good" : "busy";
  return resource.state === "Finished" ? "good" : "";
}

export function stateText(resource) {
  return resource.state !== "Running" || !resource.health ? resource.state : `Running, ${resource.health.toLowerCase()}`;
}

function timeText(time) {
  return time && new Date(time).toLocaleString();
}

function check(one) {
  return h("li", { "data-tone": one.status === "Healthy" ? "good" : "busy" }, h("span", { className: "state" }, one.status ?? "Not asked yet"), ` ${one.name}`,
    one.description ? h("span", { className: "reason" }, ` ${one.description}`) : null);
}

/** All there is to say of a resource; `open` is called with the name of another, `changed` when its replicas have changed. */
export function resourceDetails(id, found, commands, open, changed) {
  const { row } = found;
  const to = (page, text) => h("a", { href: `${page}?resource=${encodeURIComponent(page === "/console" ? id : row.name)}` }, text);
  const other = (name) => h("button", { type: "button", className: "link", onclick: () => open(name) }, name);
  const list = (items) => h("ul", { className: "plain" }, items);
  return [
    h("p", { className: "bar" }, to("/console", "Console"), to("/logs", "Logs"), to("/traces", "Traces"), to("/metrics", "Metrics")),
    row.isRunnable && h("p", { className: "bar" }, commands.buttons(row)),
    row.commands.length > 0 && h("p", { className: "bar" }, commands.own(row, row.commands)),
    facts([
      ["State", stateText(row)], ["Reason", row.reason], ["Type", row.type], ["Source", row.source], ["Started", timeText(row.started)], ["Stopped", timeText(found.stopped)],
      ["Exit code", found.exitCode], ["Process", row.processId], ["Restarts", row.isRunnable ? row.restarts : null],
      ["Replicas", found.replicas === null ? null : commands.replicas(row.name, found.replicas, changed)],
    ]),
    found.checks.length > 0 && section("Health checks", list(found.checks.map(check))),
    found.needs.length > 0 && section("Needs", list(found.needs.map((one) => h("li", {}, `${one.kind} `, other(one.name))))),
    found.neededBy.length > 0 && section("Needed by", list(found.neededBy.map((one) => h("li", {}, other(one.name), ` ${one.kind} it`)))),
    found.environment.length > 0 && section("Environment", facts(found.environment.map((one) => [one.name, one.masked ? "●●●●●●●●" : one.value]))),
  ];
}
