import { find, make } from './dom.js';
import { about } from './words.js';

/** @import { ApiError } from './api.js' */
/** @import { JobError } from './types' */

// The server renders the words for every code; here they are only put in place.
const words = /** @type {HTMLTemplateElement} */ (document.getElementById('t-errors')).content;

/**
 * Shows an error in its place.
 * @param {HTMLElement} place
 * @param {ApiError | JobError | Error} error
 * @param {string} [name] of the picture it is about
 */
export function showError(place, error, name) {
  const code = 'code' in error ? CSS.escape(error.code) : 'internal';
  const known = words.querySelector(`[data-code="${code}"]`);
  const line = (known ?? find(words, '[data-code=internal]')).cloneNode(true);
  const text = find(line, 'span');
  if (name) text.prepend(`${name}: `);
  if ('retryAfter' in error && error.retryAfter) text.append(` It should work in ${about(error.retryAfter)}.`);
  place.append(line);
  if ((!known || code === 'internal') && 'requestId' in error) place.append(make('small', `For whoever looks into it: ${error.requestId}`));
  place.hidden = false;
}
