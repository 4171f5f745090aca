import { readPicture } from './api.js';
import { compare, plain } from './compare.js';
import { announce, find, make, newKey, stamp, thumbnail } from './dom.js';
import { showError } from './errors.js';

/** @import { Made, Picture } from './types' */

/**
 * What came out, and what one can do with it. Acts beyond it are told by a bubbling `ivg:act` event.
 * @param {Made} made
 * @returns {HTMLElement}
 */
export function drawResult(made) {
  const { kind, name, images, before, request } = made;
  const root = stamp('t-result');
  const stage = find(root, '[data-stage-box]');
  const zoom = find(root, '[data-zoom]');
  const download = find(root, '[data-download]');
  let shown = images[0];

  /** @param {number} index */
  function show(index) {
    shown = images[index];
    const { url } = shown;
    const alt = images.length > 1 ? `${name}, ${index + 1} of ${images.length}` : name;
    const picture = before ? compare(before, shown, alt) : plain(shown, alt);
    find(picture, 'img:not(.before)').addEventListener('error', () => lose(url));
    stage.replaceChildren(picture);
    size();
    download.href = url;
    download.download = `${name}-${made.made.slice(0, 10)}-${index + 1}.${shown.mime_type?.split('/')[1] ?? 'png'}`.toLowerCase().replaceAll(' ', '-');
  }

  /** Says why a picture does not show, in its place. @param {string} url */
  async function lose(url) {
    const error = await readPicture(url).then(() => null, reason => reason);
    if (!error || url !== shown.url) return;
    stage.replaceChildren();
    showError(stage, error);
  }

  function size() {
    const pixels = zoom.ariaPressed === 'true';
    stage.classList.toggle('pixels', pixels);
    // What scrolls has to be reached by the keyboard.
    stage.tabIndex = pixels ? 0 : -1;
    for (const image of stage.querySelectorAll('[srcset]')) image.sizes = pixels ? `${shown.width + 1}px` : '60rem';
  }

  async function copy() {
    try {
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': readPicture(shown.url).then(toPng) })]);
      announce('Copied');
    } catch {
      announce('The picture could not be copied. Download it instead.');
    }
  }

  if (images.length > 1) drawSiblings(find(root, '[data-siblings]'), images, show);
  find(root, '[data-behind]').hidden = kind === 'variation';
  find(root, '[data-note]').hidden = made.provider !== 'offline';
  for (const [act, offered] of Object.entries({
    copy: 'clipboard' in navigator, cutout: kind === 'variation', again: before, restyle: before && kind === 'variation', delete: made.deletable,
  })) find(root, `[data-act=${act}]`).hidden = !offered;

  zoom.addEventListener('click', () => {
    zoom.ariaPressed = String(zoom.ariaPressed !== 'true');
    size();
  });
  root.addEventListener('input', (/** @type {any} */ { target }) => {
    if (target.matches('[data-mode]')) stage.dataset.mode = target.value;
    if (target.type === 'color') {
      root.style.setProperty('--behind', target.value);
      find(root, '[value=colour]').checked = true;
    }
    if (target.closest('[data-behind]')) stage.dataset.on = find(root, '[data-behind] :checked').value;
  });
  root.addEventListener('click', (/** @type {any} */ event) => {
    const button = event.target.closest('[data-act]');
    if (!button) return;
    if (button.dataset.act === 'copy') copy();
    else root.dispatchEvent(new CustomEvent('ivg:act', { bubbles: true, detail: { act: button.dataset.act, button, picture: shown, name, kind, request, before } }));
  });
  show(0);
  return root;
}

/** The one kind of picture that every clipboard takes. @param {Blob} blob */
async function toPng(blob) {
  if (blob.type === 'image/png') return blob;
  const bitmap = await createImageBitmap(blob);
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  return canvas.convertToBlob();
}

/** @param {HTMLElement} place @param {Picture[]} images @param {(index: number) => void} onPick */
function drawSiblings(place, images, onPick) {
  const group = newKey();
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
