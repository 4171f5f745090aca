/** @type {Find} */
export function find(root, selector) {
  const element = root.querySelector(selector);
  if (!element) throw new Error(`The page has no ${selector}`);
  return element;
}

/** @type {Listen} */
export const on = (root, type, selector, act) => root.addEventListener(type, (/** @type {any} */ event) => {
  const match = event.target.closest?.(selector);
  if (match) act(match, event);
});

/** @type {Stamp} */
export function stamp(id) {
  const copy = find(document, `#${id}`).content.cloneNode(true).firstElementChild;
  const key = newKey();
  for (const radio of copy.querySelectorAll('[data-group]')) radio.name = radio.dataset.group + key;
  return copy;
}

/** @type {Make} */
export function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
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
