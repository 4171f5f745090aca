import { announce, find, stamp } from './dom.js';

/** @import { Source } from './types' */

/**
 * The pictures to work on: chosen, dropped anywhere, pasted, or taken over from a result.
 * @param {HTMLElement} root
 * @param {() => void} onChange
 */
export function initSource(root, onChange) {
  const input = find(root, '[data-file]');
  const list = find(root, '[data-chosen]');
  const veil = find(document, '[data-veil]');
  /** @type {Source[]} */
  let sources = [];

  function draw() {
    list.replaceChildren(...sources.map((source, index) => {
      const item = stamp('t-chosen');
      const image = find(item, 'img');
      image.addEventListener('error', () => item.classList.add('no-preview'), { once: true });
      image.src = source.url;
      find(item, '.chosen-name').textContent = source.name;
      const remove = find(item, '[data-remove]');
      remove.setAttribute('aria-label', `Leave out ${source.name}`);
      remove.dataset.remove = index;
      return item;
    }));
    list.classList.toggle('single', sources.length === 1);
    find(root, '[data-invite]').hidden = sources.length > 0;
    find(root, '[data-add]').hidden = sources.length === 0;
    find(root, '[data-samples]').classList.toggle('aside', sources.length > 0);
    onChange();
  }

  /** @param {Source} source */
  function release(source) {
    if (source.file) URL.revokeObjectURL(source.url);
  }

  /** @param {Iterable<File>} files @param {boolean} [replace] */
  function add(files, replace = false) {
    const fresh = Array.from(files, file => ({ name: file.name || 'Pasted picture', url: URL.createObjectURL(file), file }));
    if (fresh.length === 0) return;
    if (replace) sources.forEach(release);
    sources = replace ? fresh : [...sources, ...fresh];
    announce(sources.length === 1 ? `Chosen: ${sources[0].name}` : `${sources.length} pictures chosen`);
    draw();
  }

  input.addEventListener('change', () => {
    add(input.files);
    input.value = '';
  });

  list.addEventListener('click', (/** @type {MouseEvent} */ event) => {
    const button = /** @type {HTMLElement} */ (event.target).closest('[data-remove]');
    if (!button) return;
    const [gone] = sources.splice(Number(/** @type {HTMLElement} */ (button).dataset.remove), 1);
    release(gone);
    announce(`Left out: ${gone.name}`);
    draw();
    (list.querySelector('[data-remove]') ?? input).focus();
  });

  addEventListener('paste', event => {
    const files = event.clipboardData?.files ?? [];
    if (files.length === 0 || /** @type {Element} */ (event.target).closest?.('textarea, input:not([type=radio], [type=checkbox], [type=file])')) return;
    event.preventDefault();
    add(files);
  });

  /** @param {DragEvent} event */
  const carriesFiles = event => event.dataTransfer?.types.includes('Files') ?? false;
  addEventListener('dragover', event => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    veil.hidden = false;
  });
  addEventListener('dragleave', event => {
    if (!event.relatedTarget) veil.hidden = true;
  });
  addEventListener('drop', event => {
    veil.hidden = true;
    if (!carriesFiles(event)) return;
    event.preventDefault();
    add(event.dataTransfer?.files ?? []);
  });

  return {
    /** The pictures chosen now. */
    get all() {
      return sources;
    },
    add,
    /** Leaves out what needs no more work. @param {Source[]} done */
    leaveOut(done) {
      done.forEach(release);
      sources = sources.filter(source => !done.includes(source));
      draw();
    },
    /** Works on this picture alone. @param {Source} source */
    use(source) {
      sources.forEach(release);
      sources = [source];
      announce(`Chosen: ${source.name}`);
      draw();
      root.scrollIntoView({ block: 'start' });
      input.focus({ preventScroll: true });
    },
  };
}
