import { find } from './dom.js';

/** What is happening to a job. @param {Job} job */
export function describe({ status, stage, attempt, max_attempts: most, queue_position: place }) {
  if (status === 'queued') return place ? `Waiting its turn, number ${place} in line` : 'Waiting its turn';
  // The server has rendered the words for every stage and end.
  const words = find(document, '#t-states').content;
  const known = words.querySelector(`[data-state="${CSS.escape(status === 'running' ? stage ?? '' : status)}"]`) ?? find(words, '[data-state=running]');
  return known.textContent + (status === 'running' && attempt > 1 ? ` (try ${attempt} of ${most})` : '');
}

/** @param {number} seconds */
export function about(seconds) {
  const [count, unit] = seconds < 90 ? [Math.ceil(seconds), 'second'] : [Math.ceil(seconds / 60), 'minute'];
  return `about ${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** What something made is called, by its style's tile in the form. @param {Kind} kind @param {Asked} request */
export function title(kind, { style_id: id, prompt }) {
  if (kind === 'background_removal') return 'Background removed';
  return document.querySelector(`[value="${CSS.escape(id)}"] ~ .tile-name`)?.textContent ?? (prompt ? 'In your words' : 'Variation');
}

/** A date as a heading. @param {Date} date */
export function day(date) {
  const days = Math.round((startOfDay(new Date()) - startOfDay(date)) / 86_400_000);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  return date.toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
}

/** @param {Date} date */
const startOfDay = date => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
