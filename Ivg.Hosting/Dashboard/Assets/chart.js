import { h, svg } from "/assets/dom.js";
import { clock, measured } from "/assets/format.js";

const HEIGHT = 240;
const [LEFT, RIGHT, TOP, BOTTOM] = [76, 12, 12, 26];

/** Lines over time. `series` are { name, values, className }, `marks` are { time, value, href, label }. */
export function chart(label, times, series, unit, marks = []) {
  const container = h("div", { className: "chart" });
  const legend = h("ul", { className: "legend" }, series.map((one) => h("li", { className: one.className }, one.name, " ", h("strong", {}, measured(one.values.findLast((value) => value !== null), unit)))));
  const element = h("figure", {}, h("figcaption", {}, label), container, legend);
  let width = 0;
  new ResizeObserver(([entry]) => {
    if (Math.round(entry.contentRect.width) === width) return;
    width = Math.round(entry.contentRect.width);
    container.replaceChildren(draw(label, times, series, unit, marks, width));
  }).observe(container);
  return element;
}

function draw(label, times, series, unit, marks, width) {
  const at = times.map((time) => Date.parse(time));
  const values = series.flatMap((one) => one.values).concat(marks.map((mark) => mark.value)).filter((value) => value !== null);
  const top = niceTop(Math.max(...values, 0));
  const bottom = Math.min(0, ...values);
  const x = (time) => LEFT + ((width - LEFT - RIGHT) * (time - at[0])) / (at.at(-1) - at[0]);
  const y = (value) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value - bottom) / (top - bottom || 1));
  const picture = svg("svg", { width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}`, role: marks.length > 0 ? "group" : "img", "aria-label": `${label}; the table has the figures` });
  for (let i = 0; i <= 4; i++) {
    const value = bottom + ((top - bottom) * i) / 4;
    picture.append(svg("line", { class: "grid", x1: LEFT, x2: width - RIGHT, y1: y(value), y2: y(value) }), text(LEFT - 8, y(value) + 4, measured(value, unit), "end"));
  }
  const steps = width < 500 ? 2 : 5;
  for (let i = 0; i <= steps; i++) {
    const time = at[0] + ((at.at(-1) - at[0]) * i) / steps;
    picture.append(text(x(time), HEIGHT - 6, clock(time, false), i === 0 ? "start" : i === steps ? "end" : "middle"));
  }
  for (const one of series) {
    const points = one.values.map((value, i) => (value === null ? null : `${x(at[i]).toFixed(1)} ${y(value).toFixed(1)}`));
    const path = points.map((point, i) => (point === null ? "" : `${i === 0 || points[i - 1] === null ? "M" : "L"}${point}`)).join("");
    picture.append(svg("path", { class: `curve ${one.className}`, d: path || "M0 0" }));
  }
  for (const mark of marks) {
    const link = svg("a", { href: mark.href, "aria-label": mark.label }, svg("circle", { class: "exemplar", cx: x(mark.time), cy: y(Math.min(mark.value, top)), r: 5 }));
    const title = svg("title");
    title.textContent = mark.label;
    link.append(title);
    picture.append(link);
  }
  return picture;
}

function text(x, y, content, anchor) {
  const element = svg("text", { x, y, "text-anchor": anchor });
  element.textContent = content;
  return element;
}

function niceTop(value) {
  if (value <= 0) return 1;
  const size = 10 ** Math.floor(Math.log10(value));
  return [1, 1.5, 2, 2.5, 4, 5, 8, 10].map((step) => step * size).find((step) => step >= value) ?? value;
}
