import { h, remember, remembered } from "/assets/dom.js";

/** A box for attribute filters (`name:value`, `name:~part`, `name:`) and a chip for each that is set. */
export function attributeFilters(changed) {
  let filters = remembered("attribute").split("\n").filter(Boolean);
  const chips = h("span", { className: "chips" });
  const input = h("input", { type: "text", placeholder: "job_id:… or name:~part", spellcheck: false });
  const element = h("form", { className: "attributes", onsubmit: (event) => { event.preventDefault(); add(input.value.trim()); input.value = ""; } },
    h("label", {}, h("span", {}, "Attribute"), input), h("button", {}, "Add"), chips);

  function add(filter) {
    if (filter.indexOf(":") > 0 && !filters.includes(filter)) update([...filters, filter]);
  }

  function update(next) {
    filters = next;
    remember("attribute", filters.join("\n"));
    draw();
    changed();
  }

  function draw() {
    chips.replaceChildren(...filters.map((filter) => h("button",
      { type: "button", className: "chip", "aria-label": `Remove the filter ${filter}`, onclick: () => update(filters.filter((other) => other !== filter)) }, filter, " ×")));
  }

  draw();
  return { element, add, append: (query) => filters.forEach((filter) => query.append("attribute", filter)) };
}
