import { readPicture } from './api.js';
import { compare, plain } from './compare.js';
import { announce, askFor, find, make, newKey, on, stamp, thumbnail } from './dom.js';
import { showError } from './errors.js';

/** @type {DrawResult} */
export function drawResult(made) {
  const { kind, name, images, before } = made;
  const root = stamp('t-result');
  const stage = find(root, '[data-stage-box]');
  const zoom = find(root, '[data-zoom]');
  const siblings = find(root, '[data-siblings]');
  let shown = images[0];

  /** @param {number} index */
  function show(index) {
    shown = images[index];
    const alt = images.length > 1 ? `${name}, ${index + 1} of ${images.length}` : name;
    const type = shown.mime_type?.split('/')[1] ?? 'png';
    stage.replaceChildren(before ? compare(before, shown, alt) : plain(shown, alt));
    size();
    Object.assign(find(root, '[data-download]'), {
      href: shown.url, download: `${name}-${made.made.slice(0, 10)}-${index + 1}.${type}`.toLowerCase().replaceAll(' ', '-'),
    });
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

  siblings.hidden = images.length === 1;
  const group = newKey();
  siblings.append(...images.map(({ url }, index) => make('label', {},
    make('input', { type: 'radio', name: group, value: index, checked: index === 0 }),
    make('img', { src: thumbnail(url, 160), width: 72, height: 72, alt: `Number ${index + 1}` }))));
  on(siblings, 'change', 'input', radio => show(Number(radio.value)));

  find(root, '[data-behind]').hidden = kind === 'variation';
  find(root, '[data-note]').hidden = made.provider !== 'offline';
  for (const [act, offered] of Object.entries({
    copy: 'clipboard' in navigator, cutout: kind === 'variation', again: before, restyle: before && kind === 'variation', delete: made.deletable,
  })) find(root, `[data-act=${act}]`).hidden = !offered;

  on(root, 'click', '[data-act]', button => button.dataset.act === 'copy' ? copy() : askFor(root, { ...made, act: button.dataset.act, button, picture: shown }));
  on(root, 'click', '[data-zoom]', () => {
    zoom.ariaPressed = String(zoom.ariaPressed !== 'true');
    size();
  });
  on(root, 'input', '[data-mode]', mode => stage.dataset.mode = mode.value);
  on(root, 'input', '[data-behind] input', input => {
    if (input.type === 'color') {
      root.style.setProperty('--behind', input.value);
      find(root, '[value=colour]').checked = true;
    }
    stage.dataset.on = find(root, '[data-behind] :checked').value;
  });
  // Says why a picture does not show, in its place.
  stage.addEventListener('error', async (/** @type {any} */ { target }) => {
    if (target.matches('.before')) return;
    const error = await readPicture(target.src).then(() => null, reason => reason);
    if (!error || !target.isConnected) return;
    stage.replaceChildren();
    showError(stage, error);
  }, true);
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
