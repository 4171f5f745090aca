import { announce, find, make } from './dom.js';
import { drawCard, isOver } from './job-card.js';

/** @import { Job } from './types' */

/** Whether it arrived late: an end is an end, and progress never falls within an attempt. @param {Job} known @param {Job} next */
const isStale = (known, next) => isOver(known) || next.attempt < known.attempt
  || next.attempt === known.attempt && next.status === known.status && next.progress < known.progress;

/**
 * The workbench: a card for each job that the page has seen under way.
 * @param {HTMLElement} root @param {{ styleName: (id: any) => string | undefined, onMade: () => void }} page
 */
export function initBench(root, { styleName, onMade }) {
  const list = find(root, '[data-cards]');
  const lost = make('p', 'The connection is lost. Reconnecting… What is in the making goes on meanwhile.');
  const pageTitle = document.title;
  /** @type {Map<string, Job>} */
  const jobs = new Map();
  /** @type {Map<string, ReturnType<typeof drawCard>>} */
  const cards = new Map();
  lost.className = 'notice';
  lost.hidden = true;
  list.before(lost);

  const running = () => Array.from(cards.keys(), id => /** @type {Job} */ (jobs.get(id))).filter(job => !isOver(job)).length;

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
    settle();
    if (focused) /** @type {HTMLElement | null} */ (next)?.focus();
  }

  return {
    /** Shows what is known of a job; one that ended elsewhere gets no card. @param {Job} job @param {boolean} [ours] */
    show(job, ours = false) {
      const id = job.job_id;
      const known = jobs.get(id);
      const stale = Boolean(known && isStale(known, job));
      const now = stale ? /** @type {Job} */ (known) : job;
      jobs.set(id, now);
      let card = cards.get(id);
      if (!card && (ours || !isOver(now))) {
        cards.set(id, card = drawCard(now, styleName, () => putAway(id)));
        list.prepend(card.element);
      }
      if (!stale || ours) card?.show(now);
      if (!stale && (known || ours) && now.status === 'succeeded') onMade();
      settle();
      return card?.element;
    },
    /** @param {boolean} isLost */
    lose(isLost) {
      if (isLost && lost.hidden && running() > 0) announce('Reconnecting');
      lost.hidden = !isLost;
    },
    isBusy: () => running() > 0,
    /** The job's card, or all whose work is over. @param {string | null} jobId */
    erase(jobId) {
      for (const [id, job] of jobs) if (jobId ? id === jobId : isOver(job)) putAway(id);
    },
  };
}
