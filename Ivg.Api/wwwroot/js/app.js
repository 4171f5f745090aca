import { listJobs } from './api.js';
import { initComposer } from './composer.js';
import { find } from './dom.js';
import { isOver } from './follow.js';
import { initHistory } from './history.js';
import { drawCard } from './job-card.js';
import { initSource } from './source.js';
import { initStyles } from './styles.js';

/** @import { Job, Wish } from './types' */

const form = find(document, '[data-composer]');
const making = find(document, '[data-making]');
const cards = find(making, '[data-cards]');
const history = initHistory(find(document, '[data-history]'));
const pageTitle = document.title;
let running = 0;

const source = initSource(find(form, '[data-source]'), () => composer.refresh());
const composer = initComposer(form, source, (job, from, fields, again) => {
  const card = addCard(job, { source: from, styleName: form.querySelector(`[name=style_id][value="${CSS.escape(fields.style_id ?? '')}"]`)?.parentElement?.querySelector('.tile-name')?.textContent, prompted: 'prompt' in fields, again });
  card.scrollIntoView({ block: 'nearest' });
});

/** @param {Job} job @param {Wish} wish @returns {HTMLElement} */
function addCard(job, wish) {
  // The same work, asked for twice, is one card.
  const known = Array.from(cards.children).find(card => card.dataset.job === job.job_id);
  if (known) return known;
  making.hidden = false;
  count(1);
  const card = drawCard(job, wish, finished => {
    count(-1);
    if (finished.status === 'succeeded') history.refresh();
  });
  cards.prepend(card);
  return card;
}

/** @param {number} change */
function count(change) {
  running += change;
  document.title = running > 0 ? `${running} in the making · ${pageTitle}` : pageTitle;
}

const settle = () => making.hidden = cards.children.length === 0;
making.addEventListener('ivg:fewer', settle);

document.addEventListener('ivg:erased', (/** @type {any} */ { detail: jobId }) => {
  for (const card of Array.from(cards.children))
    if (jobId ? card.dataset.job === jobId : !['queued', 'running'].includes(card.dataset.status)) card.remove();
  settle();
});

document.addEventListener('ivg:act', async (/** @type {any} */ event) => {
  const { act, button, picture, name } = event.detail;
  const from = { name, url: picture.url, imageId: picture.image_id };
  if (act === 'source') source.use(from);
  if (act !== 'cutout' || button.disabled) return;
  button.disabled = true;
  await composer.cutOut(from);
  button.disabled = false;
});

initStyles(form, file => source.add([file], true));

// The address names it.
const kept = form.querySelector('[data-kept]');
if (kept) source.use({ name: kept.textContent, url: find(kept, 'img').src, imageId: kept.dataset.kept });

// What was under way when the page was left is shown again.
listJobs().then(jobs => {
  for (const job of jobs.filter(job => !isOver(job)).reverse()) addCard(job, { source: null });
}).catch(() => {});
