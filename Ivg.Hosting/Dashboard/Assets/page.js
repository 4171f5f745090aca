import { get, h, poll, say, send } from "/assets/dom.js";

/** A page of the AppHost's own: figures, tables and actions as it gives them. */
export default function page(main) {
  const name = location.pathname.split("/")[2];
  const address = `/api/pages/${encodeURIComponent(name)}`;
  const title = h("h1", {});
  const problem = h("p", { role: "alert", className: "outcome" });
  const outcome = h("p", { role: "alert", className: "outcome" });
  const sections = h("div", { className: "sections" });
  let drawn = "";

  function draw(section) {
    return h("section", { className: "card" },
      h("div", { className: "bar" }, h("h2", {}, section.title), section.status ? h("span", { className: section.warns ? "badge warns" : "badge" }, section.status) : null,
        section.actions.map((action) => h("button", { type: "button", onclick: () => execute(action) }, action.text))),
      h("dl", { className: "figures" }, section.facts.map((fact) => h("div", {}, h("dt", {}, fact.key), h("dd", {}, fact.value)))),
      section.tables.map((table) => h("div", {}, h("h3", {}, table.title), table.rows.length === 0 ? h("p", { className: "muted" }, table.empty)
        : h("div", { className: "scroll", tabIndex: 0, role: "region", "aria-label": `${section.title}: ${table.title}` }, h("table", {},
          h("thead", {}, h("tr", {}, table.columns.map((column) => h("th", { scope: "col" }, column)))),
          h("tbody", {}, table.rows.map((row) => h("tr", {}, row.map((text, i) => (i === 0 ? h("th", { scope: "row" }, text) : h("td", {}, text)))))))))));
  }

  async function execute(action) {
    outcome.textContent = "";
    try {
      say((await send("POST", `${address}?action=${encodeURIComponent(action.id)}`)) ?? `${action.text}: done`);
    } catch (error) {
      outcome.textContent = `${action.text}: ${error.message}`;
    }
    await refresh();
  }

  async function refresh() {
    try {
      const content = await get(address);
      if (problem.textContent !== (content.problem ?? "")) problem.textContent = content.problem ?? "";
      title.textContent = content.title;
      const key = JSON.stringify(content.sections);
      if (key === drawn) return;
      drawn = key;
      const focused = document.activeElement?.closest("section.card") ? document.activeElement.textContent : null;
      sections.replaceChildren(...content.sections.map(draw));
      if (focused) [...sections.querySelectorAll("button")].find((button) => button.textContent === focused)?.focus();
    } catch (error) {
      problem.textContent = error.message;
    }
  }

  main.append(title, problem, outcome, sections);
  poll(refresh, 2000);
}
