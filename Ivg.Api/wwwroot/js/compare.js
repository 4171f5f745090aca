import { find, make, stamp } from './dom.js';

/** @import { Picture } from './types' */

/** Above this difference in shape two pictures cannot lie on one another. */
const tolerance = 0.03;

/**
 * Before and after: on a slider where both have the same shape, side by side where they have not.
 * @param {string} before
 * @param {Picture} after
 * @param {string} alt
 * @returns {HTMLElement}
 */
export function compare(before, after, alt) {
  const root = stamp('t-compare');
  const first = find(root, '.before');
  const slider = find(root, 'input');

  function move() {
    root.style.setProperty('--cut', `${slider.value}%`);
    slider.setAttribute('aria-valuetext', `${slider.value} percent before, ${100 - slider.value} percent after`);
  }

  fill(root, find(root, '.after'), after, alt);
  first.addEventListener('load', () => {
    const difference = (first.naturalWidth / first.naturalHeight) / (after.width / after.height) - 1;
    root.classList.toggle('apart', Math.abs(difference) > tolerance);
  });
  // Without its original the result stands alone.
  first.addEventListener('error', () => root.replaceWith(plain(after, alt)), { once: true });
  first.src = before;
  slider.addEventListener('input', move);
  move();
  return root;
}

/** @param {Picture} picture @param {string} alt */
export function plain(picture, alt) {
  const image = new Image();
  const box = make('div', '', image);
  box.className = 'compare alone';
  fill(box, image, picture, alt);
  return box;
}

/** @param {HTMLElement} box @param {HTMLImageElement} image @param {Picture} picture @param {string} alt */
function fill(box, image, picture, alt) {
  box.style.setProperty('--ratio', String(picture.width / picture.height));
  Object.assign(image, { alt, src: picture.url, width: picture.width, height: picture.height });
}
