import { announce, find, stamp } from './dom.js';
import { drawCard, isOver } from './job-card.js';

/** @param {Job} job */
const step = ({ attempt, status }) => 2 * attempt + Number(status === 'queued');

/** @type {IsStale} */
function isStale(known, next, ours) {
  if (isOver(known) || isOver(next)) return isOver(known);
  const back = step(known) - step(next);
  // A worker that stops hands its job back as if it had not begun; in an answer the same is old.
  if (back === 1 && next.status === 'queued') return ours;
  return back > 0 || back === 0 && next.progress < known.progress;
}

/** @type {InitBench} */
export function initBench(root, onMade) {
  const list = find(root, '[data-cards]');
  const lost = stamp('t-lost');
  const pageTitle = document.title;
  /** @type {Map<string, Job>} */
  const jobs = new Map();
  /** @type {Map<string, Card>} */
  const cards = new Map();
  const gone = new Set();
  list.before(lost);

  const running = () => [...jobs.values()].filter(job => cards.has(job.job_id) && !isOver(job)).length;

  function settle() {
    const count = running();
    root.hidden = cards.size === 0;
    document.title = count > 0 ? `${count} in the making · ${pageTitle}` : pageTitle;
  }

  /** @param {string} id */
  function putAway(id) {
    const card = cards.get(id)?.element;
    const next = card?.nextElementSibling ?? card?.previousElementSibling;
    const focused = card?.contains(document.activeElement);
    card?.remove();
    cards.delete(id);
    gone.add(id);
    settle();
    if (focused) /** @type {HTMLElement | null} */ (next)?.focus();
  }

  return {
    show(job, ours = false) {
      const id = job.job_id;
      if (gone.has(id)) return;
      const known = jobs.get(id);
      const stale = known && isStale(known, job, ours);
      const now = stale ? known : job;
      jobs.set(id, now);
      let card = cards.get(id);
      if (!card && (ours || !isOver(now))) {
        cards.set(id, card = drawCard(now, () => putAway(id)));
        list.prepend(card.element);
      }
      if (!stale || ours) card?.show(now);
      if (!stale && (known || ours) && now.status === 'succeeded') onMade();
      settle();
      return card?.element;
    },
    lose(isLost) {
      if (isLost && lost.hidden && running() > 0) announce('Reconnecting');
      lost.hidden = !isLost;
    },
    isBusy: () => running() > 0,
    erase(jobId) {
      for (const id of jobId ? [jobId] : jobs.keys()) putAway(id);
    },
  };
}
