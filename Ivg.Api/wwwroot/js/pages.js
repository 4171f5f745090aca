import { announce, find } from './dom.js';
import { initHistory } from './history.js';

const history = /** @type {any} */ (document.querySelector('[data-history]'));
if (history) initHistory(history);

/** A job that is not over. */
const open = ':is([data-status=queued], [data-status=running])';

/** A job's page draws itself again until the job is over, and keeps what somebody is about to press. @param {any} job */
async function follow(job) {
  const answer = await fetch(location.pathname, { cache: 'no-store' }).catch(() => null);
  const page = new DOMParser().parseFromString(await answer?.text() ?? '', 'text/html');
  /** @type {any} */
  const now = page.querySelector('.job') ?? job;
  const isNews = now.dataset.status !== job.dataset.status;
  if (isNews) announce(find(now, '[data-stage]').textContent);
  if (isNews || !job.contains(document.activeElement)) {
    job.replaceWith(now);
    job = now;
    document.title = page.title || document.title;
  }
  if (job.matches(open)) setTimeout(follow, 2000, job);
}

const job = document.querySelector(open);
if (job) follow(job);

/** Asks the workshop for something, as its own form would. @param {Record<string, any>} fields */
function ask(fields) {
  const form = find(document, '[data-ask]');
  for (const [name, value] of Object.entries(fields)) {
    const input = document.createElement('input');
    Object.assign(input, { name, value: value ?? '' });
    form.append(input);
  }
  form.submit();
}

document.addEventListener('ivg:act', (/** @type {any} */ { detail: { act, picture, kind, request } }) => {
  if (act === 'source') location.href = `/?image_id=${picture.image_id}`;
  if (act === 'cutout') ask({ image_id: picture.image_id, make: 'background_removal' });
  if (act === 'again') ask({ ...request, make: kind });
  if (act === 'restyle') location.href = `/?${new URLSearchParams(Object.entries({ ...request, kind, style_id: null }).filter(([, value]) => value !== null))}`;
});
