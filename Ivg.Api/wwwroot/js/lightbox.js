import { sourceUrl } from './api.js';
import { find } from './dom.js';
import { showError } from './errors.js';
import { drawResult } from './result.js';
import { title } from './words.js';

/** @import { Past, Request } from './types' */

/** What a history row still says of its request. @param {Past} past @returns {Request} */
function requestOf({ settings, prompt, style, source }) {
  // Besides what was asked, the row says how it went, in objects.
  const asked = Object.entries(settings ?? {}).filter(([, value]) => typeof value !== 'object');
  return { .../** @type {Request} */ (Object.fromEntries(asked)), prompt, style_id: style?.style_id ?? null, image_id: source?.image_id ?? null };
}

/**
 * Shows something made earlier, large.
 * @param {Past} past
 * @param {(() => void) | null} onDelete
 */
export function openPast(past, onDelete) {
  const dialog = find(document, '[data-lightbox]');
  const body = find(dialog, '[data-body]');
  const name = title(past.kind, past.style?.name, Boolean(past.prompt));
  const request = requestOf(past);
  const made = new Date(past.created_at).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' });
  find(dialog, '[data-title]').textContent = name;
  find(dialog, '[data-meta]').textContent = past.prompt ? `${made} · “${past.prompt}”` : made;
  body.replaceChildren(past.images.length > 0
    ? drawResult({
      kind: past.kind, name, images: past.images, before: sourceUrl(request), request, provider: past.settings?.provider, made: past.created_at,
      deletable: Boolean(onDelete),
    })
    : document.createElement('div'));
  if (past.images.length === 0) showError(body.firstElementChild, { code: 'image_expired', message: '', retryable: false });
  body.firstElementChild?.addEventListener('ivg:act', (/** @type {any} */ event) => {
    dialog.close();
    if (event.detail.act === 'delete') onDelete?.();
  });
  dialog.addEventListener('close', () => body.replaceChildren(), { once: true });
  dialog.showModal();
}
