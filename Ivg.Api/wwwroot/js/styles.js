import { announce, find } from './dom.js';

/**
 * The style gallery, which says a style's words where one looks, and our own pictures to try.
 * @param {HTMLElement} form
 * @param {(file: File) => void} onSample
 */
export function initStyles(form, onSample) {
  const tiles = find(form, '[data-tiles]');
  const said = find(form, '[data-style-words]');

  /** @param {Element | null} tile */
  const say = tile => said.textContent = tile?.querySelector('[data-words]')?.textContent ?? '';
  const sayChosen = () => say(tiles.querySelector('.tile:has(:checked)'));

  find(form, '[data-sample-list]').addEventListener('click', async (/** @type {any} */ event) => {
    const sample = event.target.closest('.sample');
    if (!sample) return;
    event.preventDefault();
    const response = await fetch(sample.dataset.url).catch(() => null);
    if (!response?.ok) return announce('Our picture could not be fetched. Please try again.');
    const blob = await response.blob();
    onSample(new File([blob], `${sample.dataset.name}.${blob.type.split('/')[1] ?? 'png'}`, { type: blob.type }));
  });
  tiles.addEventListener('change', sayChosen);
  tiles.addEventListener('pointerover', (/** @type {Event} */ event) => say(/** @type {Element} */ (event.target).closest('.tile')));
  tiles.addEventListener('pointerleave', sayChosen);
  sayChosen();
}
