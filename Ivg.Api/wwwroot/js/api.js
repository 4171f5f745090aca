/** @import { Job, Kind, Request } from './types' */

/** An answer that was not a success; `code` is one of the contract's, or `offline` when none came. */
export class ApiError extends Error {
  /** @param {string} code @param {number} [status] @param {number} [retryAfter] seconds to wait, where the service said so @param {string} [requestId] */
  constructor(code, status, retryAfter, requestId) {
    super(code);
    Object.assign(this, { code, status, retryAfter, requestId });
  }
}

/** @param {Response} response */
async function failure(response) {
  const problem = await response.json().catch(() => ({}));
  const code = problem.code ?? (response.status === 503 ? 'unavailable' : 'internal');
  return new ApiError(code, response.status, Number(response.headers.get('Retry-After')) || undefined, problem.request_id);
}

/** @param {string} url @param {RequestInit} [init] */
async function answer(url, init) {
  const response = await fetch(url, init).catch(() => {
    throw new ApiError('offline');
  });
  if (!response.ok) throw await failure(response);
  return response;
}

/** @param {string} url @param {RequestInit} [init] */
async function call(url, init) {
  const response = await answer(url, init);
  return response.status === 204 ? null : response.json();
}

/** A picture's bytes. @param {string} url */
export const readPicture = async url => (await answer(url)).blob();

/** @param {Job} job @returns {Promise<Job>} */
export const cancelJob = job => call(job.links.cancel, { method: 'POST' });

/** The newest jobs. @returns {Promise<Job[]>} */
export const listJobs = async () => (await call('/api/jobs?limit=50', { cache: 'no-store' })).items;

/** All jobs as events, from behind the last one heard. @param {string} lastId @param {AbortSignal} signal */
export async function openStream(lastId, signal) {
  const response = await answer('/api/jobs/stream', { signal, cache: 'no-store', headers: lastId ? { 'Last-Event-ID': lastId } : {} });
  return /** @type {ReadableStream} */ (response.body);
}

/** Goes on when the page is left. @param {string} [historyId] without one, everything goes */
export const deleteHistory = historyId => call(historyId ? `/api/history/${historyId}` : '/api/history', { method: 'DELETE', keepalive: true });

/**
 * Submits one job. The key makes a repetition of the same wish harmless.
 * @param {Kind} kind @param {Request} request @param {string} key @param {File} [file] where the request names no picture
 * @returns {Promise<Job>}
 */
export function submitJob(kind, request, key, file) {
  const body = new FormData();
  if (file) body.set('image', file);
  for (const [name, value] of Object.entries(request)) if (value !== null) body.set(name, String(value));
  const url = kind === 'variation' ? '/api/variations' : '/api/remove-background';
  return call(url, { method: 'POST', body, headers: { 'Idempotency-Key': key } });
}

/** Where the source of a request is, if the service still has it. @param {Request | null} request */
export function sourceUrl(request) {
  if (request?.image_id) return `/api/images/${request.image_id}`;
  return request?.source_style_id ? `/api/styles/${request.source_style_id}/reference` : null;
}
