import { initBench } from './bench.js';
import { initComposer } from './composer.js';
import { find, thumbnail } from './dom.js';
import { initHistory } from './history.js';
import { initSource } from './source.js';
import { followJobs } from './stream.js';
import { initStyles } from './styles.js';

const form = find(document, '[data-composer]');
const history = initHistory(find(document, '[data-history]'));
const source = initSource(find(form, '[data-source]'), () => composer.refresh());
const bench = initBench(find(document, '[data-making]'), history.refresh);
const composer = initComposer(form, source, job => bench.show(job, true)?.scrollIntoView({ block: 'nearest' }));
initStyles(form, file => source.add([file], true));

// The address names it.
const kept = form.querySelector('[data-kept]');
if (kept) {
  const { name, value } = find(kept, 'input');
  source.use({ name: kept.textContent, url: find(kept, 'img').src, held: { [name]: value } });
}

new BroadcastChannel('ivg:erased').onmessage = ({ data }) => bench.erase(data);

document.addEventListener('ivg:act', async ({ detail: { act, button, picture, name, kind, request, before, onSent } }) => {
  const held = { image_id: picture?.image_id };
  if (act === 'source') source.use({ name, url: thumbnail(picture.url, 1024), held });
  if (act === 'restyle') {
    const { image_id, source_style_id } = request;
    source.use({ name: 'The same picture', url: thumbnail(before, 1024), held: image_id ? { image_id } : { source_style_id } });
    composer.fill({ ...request, kind });
  }
  if (!['cutout', 'again'].includes(act) || button.disabled) return;
  button.disabled = true;
  const sent = await (act === 'again' ? composer.run(kind, request) : composer.run('background_removal', held));
  button.disabled = false;
  if (sent) onSent?.();
});

followJobs({ onJob: bench.show, onLost: bench.lose, isBusy: bench.isBusy });
