import { compare, plain } from './compare.js';
import { find, make, newKey, stamp, thumbnail } from './dom.js';

/** @import { Kind, Picture } from './types' */

/**
 * What came out, and what one can do with it. Acts are told by a bubbling `ivg:act` event.
 * @param {{ kind: Kind, name: string, images: Picture[], before: string | null, provider?: unknown, deletable?: boolean }} made
 * @returns {HTMLElement}
 */
export function drawResult({ kind, name, images, before, provider, deletable }) {
  const root = stamp('t-result');
  const stage = find(root, '[data-stage-box]');
  let shown = images[0];

  /** @param {number} index */
  function show(index) {
    shown = images[index];
    const alt = images.length > 1 ? `${name}, ${index + 1} of ${images.length}` : name;
    stage.replaceChildren(before ? compare(before, shown, alt) : plain(shown, alt));
    find(root, '[data-download]').href = `${shown.url}?download=1`;
  }

  if (images.length > 1) drawSiblings(find(root, '[data-siblings]'), images, show);
  if (kind === 'background_removal') {
    const behind = find(root, '[data-behind]');
    const group = `behind-${newKey()}`;
    for (const radio of behind.querySelectorAll('input')) radio.name = group;
    behind.hidden = false;
    behind.addEventListener('change', (/** @type {any} */ event) => stage.dataset.on = event.target.value);
    find(root, '[data-act=cutout]').remove();
  }
  if (provider === 'offline') {
    const note = find(root, '[data-note]');
    note.textContent = 'Placeholder made on this machine without an image model.';
    note.hidden = false;
  }
  find(root, '[data-act=delete]').hidden = !deletable;
  find(root, '.actions').addEventListener('click', (/** @type {any} */ event) => {
    const button = event.target.closest('[data-act]');
    if (button) root.dispatchEvent(new CustomEvent('ivg:act', { bubbles: true, detail: { act: button.dataset.act, button, picture: shown, name } }));
  });
  show(0);
  return root;
}

/** @param {HTMLElement} place @param {Picture[]} images @param {(index: number) => void} onPick */
function drawSiblings(place, images, onPick) {
  const group = `sibling-${newKey()}`;
  images.forEach((image, index) => {
    const radio = document.createElement('input');
    const picture = new Image(72, 72);
    radio.type = 'radio';
    radio.name = group;
    radio.checked = index === 0;
    radio.addEventListener('change', () => onPick(index));
    picture.src = thumbnail(image.url, 160);
    picture.alt = `Number ${index + 1}`;
    place.append(make('label', '', radio, picture));
  });
  place.hidden = false;
}
