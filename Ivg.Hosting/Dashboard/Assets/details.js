import { h } from "/assets/dom.js";

/** The panel beside a list. */
export function panel(label) {
  const body = h("div", {});
  const title = h("h2", {});
  let opener = null;
  const close = () => {
    element.hidden = true;
    opener?.focus();
  };
  const element = h("aside", { "aria-label": label, hidden: true, tabIndex: -1 },
    h("div", { className: "bar" }, title, h("button", { type: "button", className: "close", "aria-label": "Close the details", onclick: close }, "×")), body);
  return {
    element,
    show(heading, ...content) {
      if (element.hidden) opener = document.activeElement;
      title.textContent = heading;
      body.replaceChildren(...content.flat().filter(Boolean));
      element.hidden = false;
    },
    close,
  };
}

/** Names and values; `filter` makes a button of each value. */
export function facts(pairs, filter) {
  return h("dl", { className: "facts" }, pairs.filter(([, value]) => value !== null && value !== undefined && value !== "").flatMap(([name, value]) => [
    h("dt", {}, name),
    h("dd", {}, value instanceof Node ? value : String(value), filter && !(value instanceof Node)
      ? h("button", { type: "button", className: "small", "aria-label": `Only with this ${name}`, onclick: () => filter(name, value) }, "filter") : null),
  ]));
}

export function section(title, ...content) {
  return h("section", {}, h("h3", {}, title), ...content);
}
