import { svg } from "/assets/dom.js";

const WIDTH = 176;
const HEIGHT = 46;
const GAP_X = 72;
const GAP_Y = 22;

/** Columns by how much must be there before a resource: what needs nothing is on the left. */
function place(resources) {
  const byName = Map.groupBy(resources, (resource) => resource.name);
  const levels = new Map();
  const levelOf = (name, path = []) => {
    if (path.includes(name)) return 0;
    if (!levels.has(name)) levels.set(name, Math.max(0, ...(byName.get(name)?.[0].needs ?? []).filter((need) => byName.has(need)).map((need) => levelOf(need, [...path, name]) + 1)));
    return levels.get(name);
  };
  const columns = [];
  for (const resource of resources) (columns[levelOf(resource.name)] ??= []).push(resource);
  const places = new Map();
  columns.forEach((column, x) => column.forEach((resource, y) => places.set(resource.id, { x: 8 + x * (WIDTH + GAP_X), y: 8 + y * (HEIGHT + GAP_Y), resource })));
  return places;
}

/** Whether a line is worth drawing: one that follows from two others only makes a tangle. */
function direct(resource, need, resources) {
  const needsOf = (name) => resources.find((one) => one.name === name)?.needs ?? [];
  const reaches = (name, seen = new Set()) => needsOf(name).some((next) => next === need || (!seen.has(next) && seen.add(next) && reaches(next, seen)));
  return resource.needs.includes(need) && !resource.needs.some((other) => other !== need && reaches(other));
}

export function drawGraph(container, resources, tone, open) {
  const key = JSON.stringify(resources.map((resource) => [resource.id, resource.state, resource.health, resource.needs]));
  if (container.dataset.key === key) return;
  container.dataset.key = key;
  const places = place(resources.filter((resource) => resource.isRunnable));
  const [right, bottom] = [...places.values()].reduce(([x, y], one) => [Math.max(x, one.x + WIDTH), Math.max(y, one.y + HEIGHT)], [0, 0]);
  const picture = svg("svg", { width: right + 8, height: bottom + 8, viewBox: `0 0 ${right + 8} ${bottom + 8}` });
  for (const to of places.values()) {
    for (const from of [...places.values()].filter((one) => direct(to.resource, one.resource.name, resources))) {
      const [x1, y1, x2, y2] = [from.x + WIDTH, from.y + HEIGHT / 2, to.x, to.y + HEIGHT / 2];
      picture.append(svg("path", { class: "edge", d: `M${x1} ${y1} C${x1 + GAP_X / 2} ${y1} ${x2 - GAP_X / 2} ${y2} ${x2} ${y2}` }));
    }
  }
  for (const { x, y, resource } of places.values()) {
    const node = svg("g", { class: "node", "data-tone": tone(resource), transform: `translate(${x} ${y})`, tabindex: "0", role: "button", "aria-label": `${resource.id}, ${resource.state}` },
      svg("rect", { width: WIDTH, height: HEIGHT, rx: 8 }), svg("circle", { cx: 16, cy: HEIGHT / 2, r: 5 }));
    const name = svg("text", { x: 30, y: 20 });
    name.textContent = resource.id;
    const state = svg("text", { x: 30, y: 36, class: "minor" });
    state.textContent = resource.state === "Running" && resource.health ? resource.health : resource.state;
    node.append(name, state);
    node.addEventListener("click", () => open(resource.id));
    node.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); open(resource.id); } });
    picture.append(node);
  }
  container.replaceChildren(picture);
}
