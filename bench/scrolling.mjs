/**
 * Scrolls step by step, a step a frame, and measures the frames; to be given to page.evaluate. `selector` names what scrolls, the page itself
 * without one; it ends at the end or after `seconds`.
 */
export async function scroll({ selector, step, seconds }) {
  const box = selector ? document.querySelector(selector) : document.scrollingElement;
  const gaps = [];
  box.scrollTop = 0;
  let last = await new Promise(requestAnimationFrame);
  const start = last;
  for (let y = 0; y < box.scrollHeight && last - start < seconds * 1000; y += step) {
    box.scrollTop = y;
    const now = await new Promise(requestAnimationFrame);
    gaps.push(now - last);
    last = now;
  }
  gaps.sort((a, b) => a - b);
  return { pixels: box.scrollTop, rate: gaps.length / (last - start) * 1000, worst: gaps.at(-1), late: gaps.filter(gap => gap > 25).length, of: gaps.length };
}

export const told = ({ rate, worst, late, of }) =>
  `${rate.toFixed(1)} frames a second over ${of}, ${late} late by half a frame or more, longest ${worst.toFixed(0)} ms`;
