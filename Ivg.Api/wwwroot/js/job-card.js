import { cancelJob, sourceUrl } from './api.js';
import { announce, askFor, find, stamp, thumbnail } from './dom.js';
import { showError } from './errors.js';
import { drawResult } from './result.js';
import { about, describe, title } from './words.js';

/** @param {Job} job */
export const isOver = job => ['succeeded', 'failed', 'cancelled'].includes(job.status);

/** @type {DrawCard} */
export function drawCard(job, onDismiss) {
  const card = stamp('t-card');
  const [stage, bar, usual, cancel, again, dismiss, trouble, image] =
    ['[data-stage]', 'progress', '[data-usual]', '[data-cancel]', '[data-again]', '[data-dismiss]', '[data-trouble]', 'img'].map(part => find(card, part));
  const { kind } = job;
  const request = job.request ?? {};
  const before = sourceUrl(request);
  const name = title(kind, request);
  let said = '';

  card.dataset.job = job.job_id;
  image.addEventListener('error', () => image.hidden = true);
  image.hidden = !before;
  if (before) image.src = thumbnail(before, 160);

  /** @param {Job} next */
  function show(next) {
    const { status, error, result, expected_seconds: seconds } = next;
    const words = describe(next);
    const over = isOver(next);
    card.dataset.status = status;
    stage.textContent = words;
    find(card, '[data-title]').textContent = over || kind === 'variation' ? name : 'Remove background';
    usual.textContent = seconds ? `Usually takes ${about(seconds)}.` : '';
    cancel.ariaLabel = `Cancel: ${name}`;
    if (status === 'running') bar.value = next.progress;
    else bar.removeAttribute('value');
    if (words !== said) announce(`${name}: ${words}`);
    said = words;
    bar.hidden = cancel.hidden = over;
    dismiss.hidden = !over;
    again.hidden = !over || !before || status === 'succeeded';
    trouble.replaceChildren();
    if (error && over) showError(trouble, error);
    if (!result) return;
    const images = result.images?.length ? result.images : [result];
    find(card, '[data-result]').replaceChildren(drawResult({ kind, name, images, before, request, provider: result.provider, made: job.created_at }));
  }

  cancel.addEventListener('click', async () => {
    cancel.disabled = true;
    stage.textContent = 'Cancelling';
    trouble.replaceChildren();
    try {
      await cancelJob(job);
    } catch (/** @type {any} */ reason) {
      // A job that was faster than the click is no trouble: its end is on the way.
      if (reason.code === 'job_finished') return;
      cancel.disabled = false;
      stage.textContent = said;
      showError(trouble, reason);
      // Erased in another tab, perhaps.
      dismiss.hidden = reason.status !== 404;
    }
  });
  again.addEventListener('click', () => askFor(again, { act: 'again', button: again, kind, request, onSent: onDismiss }));
  dismiss.addEventListener('click', onDismiss);
  return { element: card, show };
}
