import { ApiError, cancelJob } from './api.js';
import { announce, find, stamp } from './dom.js';
import { showError } from './errors.js';
import { follow, isOver } from './follow.js';
import { drawResult } from './result.js';
import { describe, title } from './words.js';

/** @import { Job, Wish } from './types' */

/**
 * A card that shows one job from its submission to its result.
 * @param {Job} job
 * @param {Wish} wish
 * @param {(job: Job) => void} onOver
 * @returns {HTMLElement}
 */
export function drawCard(job, { source, styleName, prompted, again }, onOver) {
  const card = stamp('t-card');
  const name = title(job.kind, styleName, prompted);
  const stage = find(card, '[data-stage]');
  const bar = find(card, 'progress');
  const cancel = find(card, '[data-cancel]');
  const trouble = find(card, '[data-trouble]');
  let said = '';

  card.dataset.job = job.job_id;

  if (source) {
    const image = find(card, '.card-source');
    image.addEventListener('error', () => image.hidden = true);
    image.src = source.url;
    image.hidden = false;
  }
  find(card, '[data-title]').textContent = job.kind === 'variation' ? name : 'Remove background';
  cancel.setAttribute('aria-label', `Cancel: ${name}`);

  /** @param {Job} next */
  function show(next) {
    const words = describe(next);
    card.dataset.status = next.status;
    stage.textContent = words;
    if (next.status === 'running') bar.value = next.progress;
    else bar.removeAttribute('value');
    if (words !== said) announce(`${name}: ${words}`);
    said = words;
    if (isOver(next)) finish(next);
  }

  /** @param {Job} next */
  function finish(next) {
    bar.hidden = cancel.hidden = true;
    find(card, '[data-dismiss]').hidden = false;
    if (next.error) showError(trouble, next.error);
    find(card, '[data-again]').hidden = !again || next.status === 'succeeded';
    if (next.result) {
      const { images, provider } = next.result;
      const before = source?.url ?? null;
      find(card, '[data-result]').append(drawResult({ kind: next.kind, name, images: images?.length ? images : [next.result], before, provider }));
    }
    onOver(next);
  }

  cancel.addEventListener('click', async () => {
    cancel.disabled = true;
    stage.textContent = 'Cancelling';
    try {
      await cancelJob(job);
    } catch (error) {
      // A job that was faster than the click is no trouble: its end is on the way.
      if (error instanceof ApiError && error.code === 'job_finished') return;
      cancel.disabled = false;
      stage.textContent = said;
      trouble.replaceChildren();
      if (error instanceof ApiError && !error.known) cancel.hidden = true;
      showError(trouble, /** @type {Error} */ (error));
    }
  });
  find(card, '[data-again]').addEventListener('click', async (/** @type {any} */ event) => {
    const button = event.currentTarget;
    button.disabled = true;
    trouble.replaceChildren();
    await again?.().then(dismiss, error => showError(trouble, error));
    button.disabled = false;
  });
  find(card, '[data-dismiss]').addEventListener('click', dismiss);

  function dismiss() {
    const next = card.nextElementSibling ?? card.previousElementSibling;
    const list = card.parentElement;
    card.remove();
    list?.dispatchEvent(new Event('ivg:fewer', { bubbles: true }));
    next?.focus();
  }

  show(job);
  if (!isOver(job)) {
    follow(job, {
      onJob: show,
      onLost: () => stage.textContent = `${said}. Reconnecting…`,
      onGone: error => {
        bar.hidden = cancel.hidden = true;
        find(card, '[data-dismiss]').hidden = false;
        card.dataset.status = 'failed';
        stage.textContent = 'That did not work';
        showError(trouble, error);
        onOver(job);
      },
    });
  }
  return card;
}
