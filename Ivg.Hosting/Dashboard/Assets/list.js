import { css, h } from "/assets/dom.js";

const SPARE_ROWS = 20;

/**
 * A long list of which only what is seen is in the page: rows of one height, items in an array.
 * `more` is called when the end comes into sight.
 */
export class VirtualList {
  constructor(label, columns, render, more) {
    this.items = [];
    this.render = render;
    this.more = more;
    this.rows = h("div", { role: "rowgroup", className: "rows" });
    this.element = h("div", { role: "table", className: "list", "aria-label": label, tabIndex: 0 },
      h("div", { role: "rowgroup", className: "head" }, h("div", { role: "row" }, columns.map((column) => h("span", { role: "columnheader" }, column)))), this.rows);
    this.element.addEventListener("scroll", () => this.draw());
    this.narrow = matchMedia("(max-width: 45rem)");
    this.narrow.addEventListener("change", () => this.refresh());
    new ResizeObserver(() => this.draw()).observe(this.element);
  }

  get rowHeight() {
    return this.narrow.matches ? 56 : 30;
  }

  set(items) {
    this.items = items;
    this.element.scrollTop = 0;
    this.refresh();
  }

  /** New items on top; what is being read stays where it is. */
  prepend(items, max) {
    this.items = [...items, ...this.items].slice(0, max);
    if (this.element.scrollTop > 0) this.element.scrollTop += items.length * this.rowHeight;
    this.refresh();
  }

  append(items) {
    this.items = [...this.items, ...items];
    this.refresh();
  }

  refresh() {
    this.from = null;
    this.draw();
  }

  draw() {
    const height = this.rowHeight;
    const from = Math.max(0, Math.floor(this.element.scrollTop / height) - SPARE_ROWS);
    const to = Math.min(this.items.length, Math.ceil((this.element.scrollTop + this.element.clientHeight) / height) + SPARE_ROWS);
    if (to > this.items.length - SPARE_ROWS) this.more();
    if (this.from === from && this.to === to) return;
    [this.from, this.to] = [from, to];
    const focused = this.rows.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    this.rows.replaceChildren(...this.items.slice(from, to).map((item) => this.render(item)));
    css(this.rows, { "padding-block": `${from * height}px ${(this.items.length - to) * height}px` });
    this.element.setAttribute("aria-rowcount", this.items.length + 1);
    if (focused) this.rows.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }
}
