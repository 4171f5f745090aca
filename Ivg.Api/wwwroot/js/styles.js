import { announce, find, on } from './dom.js';

/** @type {InitStyles} */
export function initStyles(form, onSample) {
  const tiles = find(form, '[data-tiles]');
  const said = find(form, '[data-style-words]');

  /** @param {Element | null} tile */
  const say = tile => said.textContent = tile?.querySelector('[data-words]')?.textContent ?? '';
  const sayChosen = () => say(tiles.querySelector('.tile:has(:checked)'));

  on(form, 'click', '.sample', async (sample, event) => {
    event.preventDefault();
    const response = await fetch(sample.dataset.url).catch(() => null);
    if (!response?.ok) return announce('Our picture could not be fetched. Please try again.');
    const blob = await response.blob();
    onSample(new File([blob], `${sample.dataset.name}.${blob.type.split('/')[1] ?? 'png'}`, { type: blob.type }));
  });
  // The words stand below the pictures.
  for (const tile of tiles.querySelectorAll('[title]')) tile.removeAttribute('title');
  tiles.addEventListener('change', sayChosen);
  on(tiles, 'pointerover', '.tile', say);
  tiles.addEventListener('pointerleave', sayChosen);
  sayChosen();
}
