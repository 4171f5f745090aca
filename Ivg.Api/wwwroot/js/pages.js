import { readPage } from './api.js';
import { announce, find, make, stamp } from './dom.js';
import { initHistory } from './history.js';

const history = /** @type {any} */ (document.querySelector('[data-history]'));
if (history) initHistory(history);

const lost = stamp('t-lost');

/** A job's page draws itself again until the job is over, and keeps what somebody is about to press. */
async function follow() {
  if (!document.querySelector(':is([data-status=queued], [data-status=running])')) return;
  try {
    const page = await readPage(location.pathname);
    const [shown, now] = [document, page].map(one => find(one, '.job'));
    lost.hidden = true;
    const isNews = now.dataset.status !== shown.dataset.status;
    if (isNews) announce(find(now, '[data-stage]').textContent);
    if (isNews || !shown.contains(document.activeElement)) {
      shown.replaceWith(now);
      document.title = page.title;
    }
  } catch (/** @type {any} */ { code }) {
    // Erased, perhaps: the server's own page says so.
    if (code === 'job_not_found') return location.reload();
    if (lost.hidden) announce('Reconnecting');
    lost.hidden = false;
    find(document, '.job').append(lost);
  }
  setTimeout(follow, document.hidden ? 10_000 : 2000);
}

follow();

/** Asks the workshop for something, as its own form would. @param {Asked} fields */
function ask(fields) {
  const form = find(document, '[data-ask]');
  form.append(...Object.entries(fields).map(([name, value]) => make('input', { name, value: value ?? '' })));
  form.submit();
}

document.addEventListener('ivg:act', ({ detail: { act, picture, kind, request } }) => {
  if (act === 'source') location.href = `/?image_id=${picture.image_id}`;
  if (act === 'cutout') ask({ image_id: picture.image_id, make: 'background_removal' });
  if (act === 'again') ask({ ...request, make: kind });
  if (act === 'restyle') location.href = `/?${new URLSearchParams(Object.entries({ ...request, kind, style_id: null }).filter(([, value]) => value !== null))}`;
});
