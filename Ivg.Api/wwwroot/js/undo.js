import { find } from './dom.js';

/** How long a deletion can be taken back. */
const grace = 8000;

/** Does what can be taken back now, or leaves it. */
export let decide = (/** @type {boolean} */ _go) => {};

/**
 * Takes something out of sight at once, and does it for good when nobody took it back for a while.
 * @param {string} words @param {(gone: boolean) => void} hide @param {() => void} go
 */
export function doLater(words, hide, go) {
  const bar = find(document, '[data-undo]');
  decide(true);
  const timer = setTimeout(() => decide(true), grace);
  decide = isMeant => {
    decide = () => {};
    clearTimeout(timer);
    bar.hidden = true;
    if (isMeant) go();
    else hide(false);
  };
  hide(true);
  find(bar, 'span').textContent = words;
  bar.hidden = false;
  find(bar, 'button').onclick = () => decide(false);
  find(bar, 'button').focus();
}

addEventListener('pagehide', () => decide(true));
