/** Makes an element: attributes, on… handlers, and children that are text or nodes. Text is never markup. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && !["list", "form", "role"].includes(name) && !name.startsWith("aria")) element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Style attributes are forbidden by the page's policy; properties set from a script are not. */
export function css(element, properties) {
  for (const [name, value] of Object.entries(properties)) element.style.setProperty(name, value);
  return element;
}

export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export async function get(path) {
  const response = await fetch(path);
  const body = response.headers.get("content-type")?.includes("json") ? await response.json() : null;
  if (!response.ok) throw new Error(body?.message ?? (response.status === 401 ? "Open the dashboard again by the link in the terminal" : `${path.split("?")[0]}: ${response.status}`));
  return body;
}

export async function send(method, path) {
  const response = await fetch(path, { method, headers: { "X-Dashboard": "1" } });
  const text = await response.text();
  let message = null;
  try { message = JSON.parse(text).message; } catch { /* Not every answer has a body. */ }
  if (!response.ok) throw new Error(message ?? `${path}: ${response.status}`);
  return message;
}

export function say(text) {
  setText(document.getElementById("status"), text);
}

/** Calls work again and again while the page is seen; an answer that fails is said once. */
export function poll(work, interval) {
  let timer = null;
  const run = async () => {
    clearTimeout(timer);
    try {
      if (!document.hidden) await work();
    } catch (error) {
      say(error instanceof TypeError ? "The host does not answer; trying again…" : error.message);
    }
    timer = setTimeout(run, interval);
  };
  run();
  return run;
}

/** Holds a page still; `isOn` tells whether it is held, `changed` is told of each press. */
export function pauseButton(changed = () => {}) {
  let on = false;
  const element = h("button", { type: "button", id: "pause", "aria-pressed": "false", onclick }, "Pause");
  function onclick() {
    on = !on;
    element.setAttribute("aria-pressed", String(on));
    element.textContent = on ? "Go on" : "Pause";
    changed(on);
  }
  return { element, isOn: () => on };
}

const params = new URLSearchParams(location.search);

/** A control whose value is in the address, so that a view can be sent to somebody. */
export function bound(control, name, changed) {
  const isCheck = control.type === "checkbox";
  if (params.has(name)) {
    if (isCheck) control.checked = params.get(name) === "true";
    else control.value = params.get(name);
  }
  let timer = null;
  control.addEventListener(control.tagName === "INPUT" && !isCheck ? "input" : "change", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      remember(name, isCheck ? (control.checked ? "true" : "") : control.value);
      changed();
    }, control.tagName === "INPUT" && !isCheck ? 200 : 0);
  });
  return control;
}

export function remember(name, value) {
  if (value) params.set(name, value);
  else params.delete(name);
  history.replaceState(null, "", params.size ? `?${params}` : location.pathname);
}

export function remembered(name) {
  return params.get(name) ?? "";
}

export function option(value, text = value) {
  return h("option", { value }, text);
}

/** Keeps the choice; a chosen value that is not offered any more stays in the list. */
export function offer(select, values, texts = {}) {
  const chosen = select.value || remembered(select.dataset.name ?? "");
  const wanted = chosen && !values.includes(chosen) ? [...values, chosen] : values;
  if ([...select.options].slice(1).map((one) => one.value).join("\n") === wanted.join("\n")) return;
  select.replaceChildren(select.options[0], ...wanted.map((value) => option(value, texts[value] ?? value)));
  select.value = chosen;
}
