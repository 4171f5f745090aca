import { ApiError, submitJob } from './api.js';
import { announce, find, newKey } from './dom.js';
import { showError } from './errors.js';

/** @type {InitComposer} */
export function initComposer(form, chosen, onSubmitted) {
  const button = find(form, '[data-submit]');
  const trouble = find(form, '[data-form-trouble]');
  const maxBytes = Number(form.dataset.maxBytes);
  /** One a picture and set of choices, so that pressing twice does the work once. @type {WeakMap<Source, string>} */
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

  /** What the contract asks for, without what was left as it is. */
  function fields() {
    const data = new FormData(form);
    const isCutout = kind() !== 'variation';
    if (isCutout && data.get('behind') === 'colour') data.set('background', find(form, '[name=colour]').value);
    const names = isCutout ? ['crop', 'background'] : ['style_id', 'prompt', 'count', 'aspect_ratio', 'seed', 'fast'];
    return Object.fromEntries(names.map(name => [name, String(data.get(name) ?? '').trim()]).filter(([, value]) => value));
  }

  /** @type {Attempt} */
  const attempt = work => work().then(onSubmitted).then(() => null, error => error);

  /** @param {any} error @param {string} [name] */
  function complain(error, name) {
    showError(trouble, error, name);
    trouble.scrollIntoView({ block: 'nearest' });
  }

  function change() {
    trouble.replaceChildren();
    refresh();
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
    /** @type {Map<Source, any>} */
    const outcomes = new Map();
    for (const source of chosen.all) {
      const { file, held } = source;
      const key = keys.get(source) ?? newKey();
      keys.set(source, key);
      const error = await attempt(async () => {
        if (file && file.size > maxBytes) throw new ApiError('image_too_large');
        return submitJob(asked, { ...held, ...wanted }, key, file);
      });
      // Kept only while it is unknown whether the service took the work.
      if (!['offline', 'unavailable', 'internal'].includes(error?.code)) keys.delete(source);
      outcomes.set(source, error);
      // The others would only be refused like this one.
      if (error?.retryAfter) break;
    }
    sending = false;
    // What is left can be sent once more without doing the rest twice.
    const failed = [...outcomes].filter(([, error]) => error);
    if (several && failed.length > 0) chosen.leaveOut([...outcomes.keys()].filter(source => !outcomes.get(source)));
    for (const [source, error] of failed) complain(error, several ? source.name : undefined);
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
    refresh: change,
    async run(kind, request) {
      trouble.replaceChildren();
      const error = await attempt(() => submitJob(kind, request, newKey()));
      if (error) complain(error);
      return !error;
    },
    fill({ style_id, image_id, ...request }) {
      // What a request left as it is may be missing.
      const all = { prompt: '', count: 1, aspect_ratio: 'auto', seed: null, fast: false, ...request };
      for (const [name, value] of Object.entries(all)) {
        const field = /** @type {any} */ (form.elements.namedItem(name));
        if (field?.type === 'checkbox') field.checked = value === true;
        else if (field) field.value = value ?? '';
      }
      find(form, '.more').open = all.seed != null || all.fast || all.aspect_ratio !== 'auto';
      refresh();
      find(form, '[name=style_id]:checked').focus();
    },
  };
}
