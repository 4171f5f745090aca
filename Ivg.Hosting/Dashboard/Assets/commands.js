import { h, say, send, setText } from "/assets/dom.js";
import { counted } from "/assets/format.js";

const ALIVE = ["Running", "Starting", "Waiting", "Restarting", "Stopping"];

function address(id) {
  return `/api/resources/${encodeURIComponent(id)}`;
}

/** Buttons that act on resources; what came of it is said at the foot of the page, a failure in `outcome`. */
export class Commands {
  constructor(outcome) {
    this.outcome = outcome;
  }

  /** Start, stop and restart. */
  buttons(resource) {
    return ["Start", "Stop", "Restart"].map((text) => h("button", {
      type: "button", "data-command": text.toLowerCase(), "aria-label": `${text} ${resource.id}`,
      onclick: ({ currentTarget }) => {
        if (currentTarget.getAttribute("aria-disabled") !== "true") this.#carryOut(`${text} ${resource.id}`, `${address(resource.id)}/${text.toLowerCase()}`);
      },
    }, text));
  }

  /** A button in use keeps the focus: it refuses instead of going dead. */
  enable(container, resource) {
    const alive = ALIVE.includes(resource.state);
    for (const button of container.querySelectorAll("[data-command]")) {
      const wanted = button.dataset.command === "start" ? !alive : alive;
      button.setAttribute("aria-disabled", String(!wanted));
      button.disabled = !wanted && document.activeElement !== button;
    }
  }

  /** What the model added to start, stop and restart. */
  own(resource, list) {
    return list.map((command) => {
      const what = `${command.text}, ${resource.id}`;
      return h("button", {
        type: "button", className: "own", title: command.description ?? "", disabled: !command.enabled, "aria-label": what,
        onclick: () => (!command.confirmation || confirm(command.confirmation)) && this.#carryOut(what, `${address(resource.id)}/${encodeURI(command.name)}`),
      }, command.text);
    });
  }

  /** How many there are, with one more and one less; `changed` is called when that came about. */
  replicas(name, count, changed) {
    const to = (wanted, text, label) => h("button", {
      type: "button", className: "small", disabled: wanted < 1, "aria-label": label,
      onclick: async () => await this.#carryOut(`${name}: ${counted(wanted, "replica")}`, `${address(name)}/replicas?count=${wanted}`) && changed(),
    }, text);
    return h("span", { className: "replicas" }, to(count - 1, "−", "One replica less"), ` ${count} `, to(count + 1, "+", "One replica more"));
  }

  async #carryOut(what, path) {
    setText(this.outcome, "");
    say(`${what}…`);
    try {
      const message = await send("POST", path);
      say(message ? `${what}: ${message}` : `${what}: done`);
      return true;
    } catch (error) {
      say("");
      setText(this.outcome, `${what}: ${error.message}`);
      return false;
    }
  }
}
