import { find } from './dom.js';
import { drawResult } from './result.js';

/** @type {OpenPast} */
export function openPast(past, onDelete) {
  const dialog = find(document, '[data-lightbox]');
  const body = find(dialog, '[data-body]');
  const { name, made, request: { prompt } } = past;
  const time = new Date(made).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' });
  const result = drawResult({ ...past, deletable: true });
  find(dialog, '[data-title]').textContent = name;
  find(dialog, '[data-meta]').textContent = prompt ? `${time} · “${prompt}”` : time;
  body.replaceChildren(result);
  result.addEventListener('ivg:act', event => {
    dialog.close();
    if (event.detail.act === 'delete') onDelete();
  });
  dialog.addEventListener('close', () => body.replaceChildren(), { once: true });
  dialog.showModal();
}
