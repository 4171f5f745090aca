import { cancelJob, sourceUrl } from './api.js';
import { announce, find, stamp, thumbnail } from './dom.js';
import { showError } from './errors.js';
import { drawResult } from './result.js';
import { about, describe, title } from './words.js';

/** @import { Job } from './types' */

/** @param {Job} job */
export const isOver = job => ['succeeded', 'failed', 'cancelled'].includes(job.status);

/**
 * A card that shows one job from its submission to its result.
 * @param {Job} job
 * @param {(id: any) => string | undefined} styleName
 * @param {() => void} onDismiss
 */
export function drawCard(job, styleName, onDismiss) {
  const card = stamp('t-card');
  const stage = find(card, '[data-stage]');
  const bar = find(card, 'progress');
  const cancel = find(card, '[data-cancel]');
  const again = find(card, '[data-again]');
  const trouble = find(card, '[data-trouble]');
  const request = job.request ?? {};
  const before = sourceUrl(request);
  let said = '';

  card.dataset.job = job.job_id;
  if (before) {
    const image = find(card, '.card-source');
    image.addEventListener('error', () => image.hidden = true);
    image.src = thumbnail(before, 160);
    image.hidden = false;
  }

  /** @param {Job} next */
  function show(next) {
    const words = describe(next);
    const name = title(next.kind, styleName(request.style_id), Boolean(request.prompt));
    const isOpen = !isOver(next);
    card.dataset.status = next.status;
    stage.textContent = words;
    find(card, '[data-title]').textContent = isOpen && next.kind !== 'variation' ? 'Remove background' : name;
    find(card, '[data-usual]').textContent = isOpen && next.expected_seconds ? `Usually takes ${about(next.expected_seconds)}.` : '';
    cancel.setAttribute('aria-label', `Cancel: ${name}`);
    if (next.status === 'running') bar.value = next.progress;
    else bar.removeAttribute('value');
    if (words !== said) announce(`${name}: ${words}`);
    said = words;
    if (!isOpen) finish(next, name);
  }

  /** @param {Job} next @param {string} name */
  function finish({ kind, error, result, status, created_at: made }, name) {
    bar.hidden = cancel.hidden = true;
    find(card, '[data-dismiss]').hidden = false;
    if (error) {
      trouble.replaceChildren();
      showError(trouble, error);
    }
    again.hidden = !before || status === 'succeeded';
    if (!result) return;
    const images = result.images?.length ? result.images : [result];
    find(card, '[data-result]').replaceChildren(drawResult({ kind, name, images, before, request, provider: result.provider, made }));
  }

  cancel.addEventListener('click', async () => {
    cancel.disabled = true;
    stage.textContent = 'Cancelling';
    trouble.replaceChildren();
    try {
      await cancelJob(job);
    } catch (/** @type {any} */ error) {
      // A job that was faster than the click is no trouble: its end is on the way.
      if (error.code === 'job_finished') return;
      cancel.disabled = false;
      stage.textContent = said;
      if (error.status === 404) finish({ ...job, status: 'failed' }, said);
      showError(trouble, error);
    }
  });
  again.addEventListener('click', () => again.dispatchEvent(new CustomEvent('ivg:act', {
    bubbles: true, detail: { act: 'again', button: again, kind: job.kind, request, onSent: onDismiss },
  })));
  find(card, '[data-dismiss]').addEventListener('click', onDismiss);
  return { element: card, show };
}
