import { ApiError, deleteHistory, listHistory } from './api.js';
import { confirmLoss } from './confirm.js';
import { announce, find, make, stamp, thumbnail } from './dom.js';
import { showError } from './errors.js';
import { openPast } from './lightbox.js';
import { day, title } from './words.js';

/** @import { Past } from './types' */

const pageSize = 24;

/** Lets the cards on the workbench go too. @param {string | null} jobId of all jobs without one */
const tellErased = jobId => document.dispatchEvent(new CustomEvent('ivg:erased', { detail: jobId }));

/**
 * Everything made so far, by day, newest first.
 * @param {HTMLElement} root
 */
export function initHistory(root) {
  const days = find(root, '[data-days]');
  const more = find(root, '[data-more]');
  const empty = find(root, '[data-empty]');
  const erase = find(root, '[data-erase]');
  const trouble = find(root, '[data-trouble]');
  /** @type {Map<string, HTMLElement>} */
  const shown = new Map();
  /** @type {string | null} */
  let cursor = null;
  let canDelete = true;

  /** The list of one day, made in its place. @param {string} name @param {boolean} first */
  function listOf(name, first) {
    const existing = Array.from(days.children).find(section => section.dataset.day === name);
    if (existing) return find(existing, 'ul');
    const section = document.createElement('section');
    const list = document.createElement('ul');
    section.dataset.day = name;
    list.className = 'gallery';
    section.append(make('h3', name), list);
    days[first ? 'prepend' : 'append'](section);
    return list;
  }

  /** @param {Past} past */
  function draw(past) {
    const item = stamp('t-past');
    const picture = past.images[0];
    const name = title(past.kind, past.style?.name, Boolean(past.prompt));
    const image = find(item, 'img');
    const made = new Date(past.created_at);
    const time = find(item, 'time');
    if (picture) {
      image.alt = '';
      image.srcset = `${thumbnail(picture.url, 320)} 320w, ${thumbnail(picture.url, 640)} 640w`;
      image.sizes = '(max-width: 30rem) 45vw, 12rem';
      image.src = thumbnail(picture.url, 320);
    }
    image.addEventListener('error', () => item.classList.add('gone'));
    item.classList.toggle('cutout', past.kind === 'background_removal');
    item.classList.toggle('gone', !picture);
    find(item, '.past-name').textContent = past.images.length > 1 ? `${name}\u00a0×\u00a0${past.images.length}` : name;
    time.dateTime = past.created_at;
    time.textContent = made.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
    find(item, 'button').addEventListener('click', () => openPast(past, canDelete ? () => remove(past, name) : null));
    return item;
  }

  /** @param {Past[]} items @param {boolean} first newest ones, above what is there */
  function place(items, first) {
    const fresh = items.filter(past => !shown.has(past.history_id));
    for (const past of first ? fresh.reverse() : fresh) {
      const item = draw(past);
      listOf(day(new Date(past.created_at)), first)[first ? 'prepend' : 'append'](item);
      shown.set(past.history_id, item);
    }
    settle();
  }

  function settle() {
    for (const section of Array.from(days.children)) if (!section.querySelector('li')) section.remove();
    empty.hidden = shown.size > 0;
    erase.hidden = shown.size === 0 || !canDelete;
    more.hidden = cursor === null;
  }

  /** Runs a call and shows what went wrong. @param {() => Promise<void>} work */
  async function attempt(work) {
    trouble.hidden = true;
    trouble.replaceChildren();
    try {
      await work();
    } catch (error) {
      showError(trouble, /** @type {Error} */ (error));
    }
    root.removeAttribute('aria-busy');
  }

  const next = () => attempt(async () => {
    const page = await listHistory(cursor, pageSize);
    cursor = page.next_cursor;
    place(page.items, false);
  });

  /** @param {Past} past @param {string} name */
  async function remove(past, name) {
    if (!await confirmLoss({ title: `Delete “${name}”?`, words: 'It goes for good, from here and from the service.', go: 'Delete' })) return;
    await attempt(async () => {
      await deleteHistory(past.history_id);
      tellErased(past.job_id);
      shown.get(past.history_id)?.remove();
      shown.delete(past.history_id);
      announce(`Deleted: ${name}`);
    });
    settle();
  }

  erase.addEventListener('click', async () => {
    const words = 'All your pictures go for good: originals, variations and cutouts, and the list of what you made.';
    if (!await confirmLoss({ title: 'Erase everything?', words, go: 'Erase everything' })) return;
    await attempt(async () => {
      await deleteHistory();
      tellErased(null);
      shown.clear();
      days.replaceChildren();
      cursor = null;
      announce('Everything is erased');
    });
    settle();
  });
  more.addEventListener('click', async () => {
    const before = shown.size;
    await next();
    // The reader goes on where the new ones begin.
    Array.from(shown.values())[before]?.querySelector('button')?.focus();
  });
  next();

  return {
    /** Puts what was made since on top. */
    refresh: () => attempt(async () => place((await listHistory(null, pageSize)).items, true)),
  };
}
