/** The first match, which the page's own markup promises. @param {ParentNode} root @param {string} selector @returns {any} */
export function find(root, selector) {
  const element = root.querySelector(selector);
  if (!element) throw new Error(`The page has no ${selector}`);
  return element;
}

/** Listens for all matches below. @param {EventTarget} root @param {string} type @param {string} selector @param {(match: any, event: any) => void} act */
export const on = (root, type, selector, act) => root.addEventListener(type, (/** @type {any} */ event) => {
  const match = event.target.closest?.(selector);
  if (match) act(match, event);
});

/** A fresh copy of a template's one element; its radios are groups of their own. @param {string} id @returns {any} */
export function stamp(id) {
  const copy = find(document, `#${id}`).content.cloneNode(true).firstElementChild;
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

/** Asks whoever can do it. @param {HTMLElement} from @param {object} detail */
export const askFor = (from, detail) => from.dispatchEvent(new CustomEvent('ivg:act', { bubbles: true, detail }));

/** @param {string} url @param {number} width in pixels */
export const thumbnail = (url, width) => url.startsWith('blob:') ? url : `${url}?width=${width}`;

/** An identifier that also works where the page is not served over https. */
export const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
