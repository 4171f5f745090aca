import { deleteHistory, readPage } from './api.js';
import { confirmLoss } from './confirm.js';
import { announce, find, make, on } from './dom.js';
import { showError } from './errors.js';
import { openPast } from './lightbox.js';
import { decide, doLater } from './undo.js';
import { day } from './words.js';

/** Takes a job's id, or null for all: their cards go in every tab. */
const erased = new BroadcastChannel('ivg:erased');

/** @param {ParentNode} from @returns {any[]} */
const rows = from => [...from.querySelectorAll('[data-past]')];

/** @type {InitHistory} */
export function initHistory(root) {
  const days = find(root, '[data-days]');
  const trouble = find(root, '[data-trouble]');
  /** @type {any} */
  const older = root.querySelector('[data-older]') ?? make('a', {});
  let busy = false;

  /** @type {ListOf} */
  function listOf(name, where) {
    const known = days.querySelector(`[data-day="${name}"] ul`);
    if (known) return known;
    const list = make('ul', { className: 'gallery' });
    const section = make('section', {}, make('h3', {}, name), list);
    section.dataset.day = name;
    days[where](section);
    return list;
  }

  /** @type {PlaceRows} */
  function place(fresh, where) {
    const known = new Set(rows(days).map(row => row.dataset.row));
    for (const row of fresh) {
      const time = find(row, 'time');
      const made = new Date(time.dateTime);
      time.textContent = made.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
      if (!known.has(row.dataset.row)) listOf(day(made), where)[where](row);
    }
    settle();
  }

  function settle() {
    for (const section of days.children) section.hidden = !section.querySelector('li:not([hidden])');
    const isEmpty = !older.isConnected && !days.querySelector('section:not([hidden])');
    find(root, '[data-empty]').hidden = !isEmpty;
    find(root, '[data-erase]').hidden = isEmpty;
  }

  /** Runs a call and shows what went wrong. @param {() => Promise<void>} work */
  async function attempt(work) {
    trouble.replaceChildren();
    await work().catch(error => showError(trouble, error));
  }

  async function next() {
    if (busy) return;
    busy = true;
    await attempt(async () => {
      const page = await readPage(older.href);
      const more = page.querySelector('[data-older]')?.getAttribute('href');
      sight.disconnect();
      if (more) older.setAttribute('href', more);
      else older.remove();
      place(rows(page), 'append');
      // Where it is in sight still, the next page follows.
      if (more) sight.observe(older);
    });
    busy = false;
  }

  /** @param {any} row @param {string} jobId */
  function remove(row, jobId) {
    /** @param {boolean} gone */
    const hide = gone => {
      row.hidden = gone;
      settle();
    };
    doLater(`Deleted: ${find(row, '.past-name').textContent}`, hide, () => attempt(async () => {
      await deleteHistory(row.dataset.row).catch(error => {
        hide(false);
        throw error;
      });
      row.remove();
      erased.postMessage(jobId);
    }));
  }

  async function erase() {
    if (!await confirmLoss()) return;
    await attempt(async () => {
      await deleteHistory();
      decide(false);
      erased.postMessage(null);
      days.replaceChildren();
      older.remove();
      announce('Everything is erased');
    });
    settle();
  }

  on(root, 'click', 'li:not(.gone) .past, [data-older], [data-erase]', (link, event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link === older) return next();
    if (link.matches('[data-erase]')) return erase();
    const row = link.parentElement;
    const past = JSON.parse(row.dataset.past);
    openPast(past, () => remove(row, past.job_id));
  });

  // The newest is what counts: on a busy machine several come at once.
  const sight = new IntersectionObserver(entries => entries.at(-1)?.isIntersecting && next(), { rootMargin: '1500px' });
  if (older.isConnected) sight.observe(older);
  // The server sorts by its own clock's days.
  if (new Date().getTimezoneOffset()) {
    const drawn = rows(days);
    days.replaceChildren();
    place(drawn, 'append');
  }

  return { refresh: () => attempt(async () => place(rows(await readPage('/history')).reverse(), 'prepend')) };
}
