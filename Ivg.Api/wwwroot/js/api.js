/** @import { Job, Source } from './types' */

/** An answer that was not a success; `code` is one of the contract's, or `offline` when none came. */
export class ApiError extends Error {
  /** @param {string} code @param {{ status?: number, retryAfter?: number, requestId?: string, known?: boolean }} [more] */
  constructor(code, more = {}) {
    super(code);
    this.code = code;
    this.status = more.status ?? 0;
    /** Seconds to wait, where the service said so. */
    this.retryAfter = more.retryAfter;
    this.requestId = more.requestId;
    /** False when the address itself is not there. */
    this.known = more.known ?? true;
  }
}

/** @param {Response} response */
async function failure(response) {
  const problem = await response.json().catch(() => ({}));
  const wait = Number(response.headers.get('Retry-After'));
  return new ApiError(problem.code ?? (response.status === 503 ? 'unavailable' : 'internal'), {
    status: response.status,
    retryAfter: Number.isFinite(wait) && wait > 0 ? wait : undefined,
    requestId: problem.request_id ?? response.headers.get('X-Request-Id') ?? undefined,
    known: Boolean(problem.code) || ![404, 405].includes(response.status),
  });
}

/** @param {string} url @param {RequestInit} [init] */
async function call(url, init) {
  /** @type {Response} */
  let response;
  try {
    response = await fetch(url, { credentials: 'same-origin', ...init });
  } catch {
    throw new ApiError('offline');
  }
  if (!response.ok) throw await failure(response);
  return response.status === 204 ? null : response.json();
}

/** @param {string} url @returns {Promise<Job>} */
export const readJob = url => call(url, { cache: 'no-store' });

/** @param {Job} job @returns {Promise<Job>} */
export const cancelJob = job => call(job.links.cancel, { method: 'POST' });

/** Jobs that may still be under way. @returns {Promise<Job[]>} */
export const listJobs = async () => (await call('/api/jobs?limit=20', { cache: 'no-store' })).items;

/** Goes on when the page is left. @param {string} [historyId] without one, everything goes */
export const deleteHistory = historyId => call(historyId ? `/api/history/${historyId}` : '/api/history', { method: 'DELETE', keepalive: true });

/**
 * Submits one job. The key makes a repetition of the same wish harmless.
 * @param {'/api/variations' | '/api/remove-background'} url
 * @param {Source} source
 * @param {Record<string, string>} fields
 * @param {string} key
 * @returns {Promise<Job>}
 */
export function submitJob(url, source, fields, key) {
  const body = new FormData();
  if (source.file) body.set('image', source.file);
  else body.set('image_id', source.imageId ?? '');
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  return call(url, { method: 'POST', body, headers: { 'Idempotency-Key': key } });
}
