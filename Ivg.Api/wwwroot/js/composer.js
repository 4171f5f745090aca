import { ApiError, submitJob } from './api.js';
import { announce, find, newKey } from './dom.js';
import { showError } from './errors.js';

/** @import { Job, Kind, Source } from './types' */

/** What the contract asks for, without what was left as it is. @typedef {Record<string, string>} Fields */

/**
 * The form: what is to be done with the chosen pictures.
 * @param {HTMLFormElement} form
 * @param {{ readonly all: Source[] }} chosen
 * @param {(job: Job, source: Source, fields: Fields, again: () => Promise<void>) => void} onSubmitted
 */
export function initComposer(form, chosen, onSubmitted) {
  const button = find(form, '[data-submit]');
  const trouble = find(form, '[data-form-trouble]');
  const maxBytes = Number(form.dataset.maxBytes);
  /** One key a picture and set of choices, so that pressing twice does the work once. @type {WeakMap<Source, string>} */
  let keys = new WeakMap();
  let sending = false;

  const kind = () => /** @type {Kind} */ (new FormData(form).get('kind'));

  function refresh() {
    const count = chosen.all.length;
    const verb = kind() === 'variation' ? 'Make a variation' : 'Remove background';
    button.textContent = sending ? 'Sending…' : count > 1 ? `${verb} of ${count} pictures` : verb;
    button.setAttribute('aria-disabled', String(sending));
    find(form, '[data-submit-hint]').textContent = count === 0 ? 'Choose a picture first.' : '';
    find(form, '[data-swatch]').style.setProperty('--swatch', find(form, '[name=colour]').value);
  }

  /** @returns {Fields} */
  function fields() {
    const data = new FormData(form);
    const text = (/** @type {string} */ name) => String(data.get(name) ?? '').trim();
    const names = kind() === 'variation' ? ['style_id', 'prompt', 'count', 'aspect_ratio', 'seed', 'fast'] : ['crop'];
    const wanted = names.map(name => [name, text(name)]);
    if (kind() !== 'variation' && text('behind') === 'colour') wanted.push(['background', text('colour')]);
    return Object.fromEntries(wanted.filter(([, value]) => value));
  }

  /** @param {Source} source @param {Kind} kind @param {Fields} fields @param {string} [key] */
  async function send(source, kind, fields, key = newKey()) {
    if (source.file && source.file.size > maxBytes) throw new ApiError('image_too_large');
    const job = await submitJob(kind === 'variation' ? '/api/variations' : '/api/remove-background', source, fields, key);
    source.sent = true;
    onSubmitted(job, source, fields, () => send(source, kind, fields));
  }

  /** Runs a submission and shows what went wrong. @param {() => Promise<void>} work @param {string} [name] */
  async function attempt(work, name) {
    try {
      await work();
    } catch (error) {
      showError(trouble, /** @type {Error} */ (error), name);
      trouble.scrollIntoView({ block: 'nearest' });
    }
  }

  async function submit() {
    if (sending) return;
    trouble.replaceChildren();
    if (chosen.all.length === 0) {
      showError(trouble, new ApiError('source_required'));
      find(form, '[data-file]').focus();
      return;
    }
    sending = true;
    refresh();
    announce('Sending');
    const [asked, wanted, several] = [kind(), fields(), chosen.all.length > 1];
    for (const source of [...chosen.all]) {
      const key = keys.get(source) ?? newKey();
      keys.set(source, key);
      await attempt(async () => {
        // Kept only while it is unknown whether the service took the work.
        await send(source, asked, wanted, key).catch(error => {
          if (!['offline', 'unavailable', 'internal'].includes(error.code)) keys.delete(source);
          throw error;
        });
        keys.delete(source);
      }, several ? source.name : undefined);
    }
    sending = false;
    refresh();
  }

  form.addEventListener('submit', event => {
    event.preventDefault();
    submit();
  });
  form.addEventListener('input', event => {
    keys = new WeakMap();
    // Choosing a colour is choosing to have one.
    if (/** @type {HTMLInputElement} */ (event.target).name === 'colour') find(form, '[name=behind][value=colour]').checked = true;
    refresh();
  });
  form.addEventListener('keydown', event => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  refresh();

  return {
    /** The chosen pictures are others now. */
    refresh() {
      trouble.replaceChildren();
      refresh();
    },
    /** Removes the background of one picture, whatever the form says. @param {Source} source */
    async cutOut(source) {
      trouble.replaceChildren();
      await attempt(() => send(source, 'background_removal', {}));
    },
  };
}
