import { find, make } from './dom.js';
import { drawResult } from './result.js';
import { title } from './words.js';

/** @import { Past } from './types' */

/**
 * Shows something made earlier, large.
 * @param {Past} past
 * @param {(() => void) | null} onDelete
 */
export function openPast(past, onDelete) {
  const dialog = find(document, '[data-lightbox]');
  const body = find(dialog, '[data-body]');
  const name = title(past.kind, past.style?.name, Boolean(past.prompt));
  const made = new Date(past.created_at).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' });
  find(dialog, '[data-title]').textContent = name;
  find(dialog, '[data-meta]').textContent = past.prompt ? `${made} · “${past.prompt}”` : made;
  body.replaceChildren(past.images.length > 0
    ? drawResult({
      kind: past.kind, name, images: past.images, before: past.source?.url ?? null, provider: past.settings?.provider, deletable: Boolean(onDelete),
    })
    : make('p', 'This picture was kept for a while and has been removed since.'));
  body.firstElementChild?.addEventListener('ivg:act', (/** @type {any} */ event) => {
    dialog.close();
    if (event.detail.act === 'delete') onDelete?.();
  });
  dialog.addEventListener('close', () => body.replaceChildren(), { once: true });
  dialog.showModal();
}
