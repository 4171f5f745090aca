import { announce, find, on, stamp } from './dom.js';

/** @type {InitSource} */
export function initSource(root, onChange) {
  const input = find(root, '[data-file]');
  const list = find(root, '[data-chosen]');
  const veil = find(document, '[data-veil]');
  /** @type {Source[]} */
  let sources = [];

  /** @param {Source[]} next */
  function set(next) {
    for (const gone of sources) if (gone.file && !next.includes(gone)) URL.revokeObjectURL(gone.url);
    sources = next;
    list.replaceChildren(...sources.map(({ name, url }, index) => {
      const item = stamp('t-chosen');
      const [image, remove] = [find(item, 'img'), find(item, '[data-remove]')];
      image.addEventListener('error', () => item.classList.add('no-preview'));
      image.src = url;
      find(item, '.chosen-name').textContent = name;
      remove.ariaLabel = `Leave out ${name}`;
      remove.value = index;
      return item;
    }));
    list.classList.toggle('single', sources.length === 1);
    find(root, '[data-invite]').hidden = sources.length > 0;
    find(root, '[data-add]').hidden = sources.length === 0;
    find(root, '[data-samples]').classList.toggle('aside', sources.length > 0);
    onChange();
  }

  /** @type {Chosen['add']} */
  function add(files, replace) {
    const fresh = Array.from(files, file => ({ name: file.name || 'Pasted picture', url: URL.createObjectURL(file), file }));
    if (fresh.length === 0) return;
    set(replace ? fresh : [...sources, ...fresh]);
    announce(sources.length === 1 ? `Chosen: ${sources[0].name}` : `${sources.length} pictures chosen`);
  }

  input.addEventListener('change', () => {
    add(input.files);
    input.value = '';
  });

  on(list, 'click', '[data-remove]', button => {
    const gone = sources[button.value];
    set(sources.filter(source => source !== gone));
    announce(`Left out: ${gone.name}`);
    (list.querySelector('[data-remove]') ?? input).focus();
  });

  addEventListener('paste', event => {
    const files = event.clipboardData?.files ?? [];
    if (files.length === 0 || /** @type {Element} */ (event.target).closest?.('textarea, input:not([type=radio], [type=checkbox], [type=file])')) return;
    event.preventDefault();
    add(files);
  });

  /** @type {OnFiles} */
  const onFiles = (type, act) => addEventListener(type, event => {
    veil.hidden = true;
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    act(event.dataTransfer.files);
  });
  onFiles('dragover', () => veil.hidden = false);
  onFiles('drop', add);
  addEventListener('dragleave', event => {
    if (!event.relatedTarget) veil.hidden = true;
  });

  return {
    get all() {
      return sources;
    },
    add,
    leaveOut: done => set(sources.filter(source => !done.includes(source))),
    use(source) {
      set([source]);
      announce(`Chosen: ${source.name}`);
      root.scrollIntoView({ block: 'start' });
      input.focus({ preventScroll: true });
    },
  };
}
