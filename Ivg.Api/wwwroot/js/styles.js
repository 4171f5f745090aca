import { listStyles } from './api.js';
import { showError } from './errors.js';
import { announce, find, make, stamp, thumbnail } from './dom.js';

/** @import { Style } from './types' */

/** How many of our own pictures are offered to try. */
const samples = 3;

/**
 * The style gallery, and our own pictures to try.
 * @param {HTMLElement} form
 * @param {(file: File) => void} onSample
 * @returns {Map<string, Style>} filled when the service has answered
 */
export function initStyles(form, onSample) {
  const field = find(form, '[data-styles]');
  const tiles = find(form, '[data-tiles]');
  const said = find(form, '[data-style-words]');
  /** @type {Map<string, Style>} */
  const known = new Map();
  const none = { style_id: '', name: 'Its own', description: 'Keeps the look of the picture and changes what you wish for.', reference_url: '' };

  /** @param {Element | null} tile */
  const say = tile => said.textContent = tile?.querySelector('[data-words]')?.textContent ?? '';
  const sayChosen = () => say(tiles.querySelector('.tile:has(:checked)'));

  /** @param {Style} style @param {number} index */
  function drawTile(style, index) {
    const tile = stamp('t-style');
    const radio = find(tile, 'input');
    radio.value = style.style_id;
    radio.checked = index === 0;
    find(tile, '.tile-name').textContent = style.name;
    find(tile, '[data-words]').textContent = style.description;
    if (style.reference_url) find(tile, 'img').src = thumbnail(style.reference_url, 320);
    else find(tile, 'img').remove();
    return tile;
  }

  /** @param {Style} style */
  function drawSample(style) {
    const image = new Image(72, 72);
    const button = make('button', '', image);
    button.type = 'button';
    button.className = 'sample';
    image.src = thumbnail(style.reference_url, 320);
    image.alt = `Our picture in the style ${style.name}`;
    button.addEventListener('click', async () => {
      const response = await fetch(style.reference_url).catch(() => null);
      if (!response?.ok) return announce('Our picture could not be fetched. Please try again.');
      const blob = await response.blob();
      onSample(new File([blob], `${style.name}.${blob.type.split('/')[1] ?? 'png'}`, { type: blob.type }));
    });
    return make('li', '', button);
  }

  async function load() {
    try {
      const styles = await listStyles();
      for (const style of styles) known.set(style.style_id, style);
      tiles.replaceChildren(...[...styles, none].map(drawTile));
      find(form, '[data-sample-list]').replaceChildren(...styles.slice(0, samples).map(drawSample));
      sayChosen();
    } catch (error) {
      const place = document.createElement('div');
      const retry = make('button', 'Load the styles again');
      place.className = 'trouble';
      showError(place, /** @type {Error} */ (error));
      retry.type = 'button';
      retry.className = 'secondary';
      retry.addEventListener('click', load);
      place.append(retry);
      tiles.replaceChildren(place);
    }
    field.removeAttribute('aria-busy');
  }

  tiles.addEventListener('change', sayChosen);
  tiles.addEventListener('pointerover', (/** @type {Event} */ event) => say(/** @type {Element} */ (event.target).closest('.tile')));
  tiles.addEventListener('pointerleave', sayChosen);
  load();
  return known;
}
