import { find, make } from './dom.js';
import { about } from './words.js';

/**
 * Shows an error in its place; the server has rendered the words for every code.
 * @param {HTMLElement} place @param {any} error of the API or a job @param {string} [name] of the picture it is about
 */
export function showError(place, { code = 'internal', retryAfter, requestId }, name) {
  const words = find(document, '#t-errors').content;
  const known = words.querySelector(`[data-code="${CSS.escape(code)}"]`);
  const line = (known ?? find(words, '[data-code=internal]')).cloneNode(true);
  const text = find(line, 'span');
  if (name) text.prepend(`${name}: `);
  if (retryAfter) text.append(` It should work in ${about(retryAfter)}.`);
  place.append(line);
  if (requestId && (!known || code === 'internal')) place.append(make('small', `For whoever looks into it: ${requestId}`));
  place.hidden = false;
}
