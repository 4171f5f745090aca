/** The first match, which the page's own markup promises. @param {ParentNode} root @param {string} selector @returns {any} */
export function find(root, selector) {
  const element = root.querySelector(selector);
  if (!element) throw new Error(`The page has no ${selector}`);
  return element;
}

/** A fresh copy of a template's one element; its radios are groups of their own. @param {string} id @returns {any} */
export function stamp(id) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById(id));
  const copy = /** @type {any} */ (template.content.cloneNode(true)).firstElementChild;
  const key = newKey();
  for (const radio of copy.querySelectorAll('[data-group]')) radio.name = radio.dataset.group + key;
  return copy;
}

/** An element. @param {string} tag @param {string} text @param {(Node | string)[]} children @returns {any} */
export function make(tag, text, ...children) {
  const element = document.createElement(tag);
  element.append(text, ...children);
  return element;
}

/** Says something to people who listen to the page; on changes of state only. @param {string} words */
export function announce(words) {
  const status = find(document, '[data-announcer]');
  // The same words twice would otherwise stay silent.
  status.textContent = status.textContent === words ? `${words}\u00a0` : words;
}

/** @param {string} url @param {number} width in pixels */
export const thumbnail = (url, width) => url.startsWith('blob:') ? url : `${url}?width=${width}`;

/** An identifier that also works where the page is not served over https. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}
