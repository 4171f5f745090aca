import { find, make, stamp, thumbnail } from './dom.js';

/** Above this difference in shape two pictures cannot lie on one another. */
const tolerance = 0.03;

/** @type {Compare} */
export function compare(before, after, alt) {
  const root = stamp('t-compare');
  const first = find(root, '.before');
  const slider = find(root, 'input');
  const flip = find(root, 'button');

  function move() {
    root.style.setProperty('--slide', `${slider.value}%`);
    slider.ariaValueText = `${slider.value} percent before, ${100 - slider.value} percent after`;
  }

  fill(root, find(root, '.after'), after, alt);
  first.addEventListener('load', () => {
    const difference = first.naturalWidth / first.naturalHeight * after.height / after.width - 1;
    root.classList.toggle('unlike', Math.abs(difference) > tolerance);
  });
  // Without its original the result stands alone.
  first.addEventListener('error', () => root.replaceWith(plain(after, alt)));
  first.src = thumbnail(before, 2048);
  slider.addEventListener('input', move);
  flip.addEventListener('click', () => flip.ariaPressed = String(flip.ariaPressed !== 'true'));
  move();
  return root;
}

/** @type {Plain} */
export function plain(picture, alt) {
  const image = new Image();
  const box = make('div', { className: 'compare alone' }, image);
  fill(box, image, picture, alt);
  return box;
}

/** @type {Fill} */
function fill({ style }, image, { url, width, height }, alt) {
  style.setProperty('--ratio', String(width / height));
  style.setProperty('--pixels', `${width}px`);
  Object.assign(image, { alt, width, height, sizes: '60rem', srcset: `${thumbnail(url, 1024)} ${Math.min(width, 1024)}w, ${url} ${width + 1}w`, src: url });
}
