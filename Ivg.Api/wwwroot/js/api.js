/** An answer that was not a success; `code` is one of the contract's, or `offline` when none came. */
export class ApiError extends Error {
  /** @param {string} code @param {object} [facts] the status, seconds to wait, the request's id: where the service said so */
  constructor(code, facts) {
    super(code);
    Object.assign(this, { code }, facts);
  }
}

/** @type {Call} */
const reach = (url, init) => fetch(url, init).catch(() => {
  throw new ApiError('offline');
});

/** @type {Call} */
async function answer(url, init) {
  const response = await reach(url, init);
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({}));
  throw new ApiError(problem.code ?? (response.status === 503 ? 'unavailable' : 'internal'), {
    status: response.status, retryAfter: Number(response.headers.get('Retry-After')) || 0, requestId: problem.request_id,
  });
}

/** A picture's bytes. @param {string} url */
export const readPicture = async url => (await answer(url)).blob();

/** A page as the server draws it. @param {string} url */
export async function readPage(url) {
  const response = await reach(url, { cache: 'no-store' });
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  if (response.ok) return page;
  throw new ApiError(page.querySelector('main [data-code]')?.getAttribute('data-code') ?? 'internal');
}

/** @param {Job} job */
export const cancelJob = job => answer(job.links.cancel, { method: 'POST' });

/** The newest jobs. @returns {Promise<Job[]>} */
export const listJobs = async () => (await (await answer('/api/jobs?limit=50', { cache: 'no-store' })).json()).items;

/** @type {OpenStream} */
export const openStream = async (lastId, signal) =>
  (await answer('/api/jobs/stream', { signal, cache: 'no-store', headers: lastId ? { 'Last-Event-ID': lastId } : {} })).body;

/** @type {DeleteHistory} */
export const deleteHistory = historyId => answer(historyId ? `/api/history/${historyId}` : '/api/history', { method: 'DELETE', keepalive: true });

/** @type {SubmitJob} */
export async function submitJob(kind, request, key, file) {
  const body = new FormData();
  if (file) body.set('image', file);
  for (const [name, value] of Object.entries(request)) if (value !== null) body.set(name, value);
  const url = kind === 'variation' ? '/api/variations' : '/api/remove-background';
  return (await answer(url, { method: 'POST', body, headers: { 'Idempotency-Key': key } })).json();
}

/** @type {SourceUrl} */
export function sourceUrl({ image_id, source_style_id }) {
  if (image_id) return `/api/images/${image_id}`;
  return source_style_id ? `/api/styles/${source_style_id}/reference` : null;
}
