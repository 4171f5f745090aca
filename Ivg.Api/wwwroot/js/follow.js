import { ApiError, readJob } from './api.js';

/** @import { Job } from './types' */

// A browser opens six connections to one host over HTTP/1.1, all tabs together. Two streams leave room for the rest.
const maxStreams = 2;
const names = ['queued', 'running', 'progress', 'succeeded', 'failed', 'cancelled'];
let openStreams = 0;

/** @param {Job} job */
export const isOver = job => ['succeeded', 'failed', 'cancelled'].includes(job.status);

/**
 * Follows a job to its end: by its stream where possible, by asking every few seconds otherwise.
 * A hidden tab gives its stream up and asks seldom.
 * @param {Job} job
 * @param {{ onJob: (job: Job) => void, onLost: () => void, onGone: (error: ApiError) => void }} listener
 */
export function follow(job, { onJob, onLost, onGone }) {
  /** @type {EventSource | null} */
  let stream = null;
  /** @type {number | undefined} */
  let timer;
  let failures = 0;
  let refusals = 0;
  let lost = false;
  let last = job;
  let ended = false;

  function closeStream() {
    if (!stream) return;
    stream.close();
    stream = null;
    openStreams--;
  }

  function end() {
    ended = true;
    closeStream();
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', start);
    removeEventListener('pageshow', start);
  }

  function lose() {
    if (!lost) onLost();
    lost = true;
  }

  /** @param {Job} next */
  function take(next) {
    if (ended) return;
    failures = 0;
    lost = false;
    last = next;
    if (isOver(next)) end();
    onJob(next);
  }

  function openStream() {
    openStreams++;
    stream = new EventSource(job.links.stream);
    stream.onopen = () => {
      failures = refusals = 0;
      // Coming back brings only what is new, which may be nothing.
      if (lost) take(last);
    };
    for (const name of names) stream.addEventListener(name, event => take(JSON.parse(event.data)));
    stream.onerror = () => {
      // The browser comes back by itself, with the id of the last event, unless it was told not to.
      failures++;
      if (failures > 1) lose();
      if (failures > 3 || stream?.readyState === EventSource.CLOSED) {
        refusals++;
        closeStream();
        ask();
      }
    };
  }

  async function ask() {
    if (ended) return;
    try {
      take(await readJob(job.links.self));
    } catch (error) {
      failures++;
      if (error instanceof ApiError && error.status === 404) {
        end();
        onGone(error);
        return;
      }
      lose();
    }
    if (ended) return;
    clearTimeout(timer);
    const pause = document.hidden ? 10_000 : Math.min(2_000 * 2 ** Math.max(0, failures - 1), 15_000);
    timer = setTimeout(failures === 0 && !document.hidden ? start : ask, pause);
  }

  function start() {
    if (ended) return;
    clearTimeout(timer);
    if (document.hidden) {
      closeStream();
      timer = setTimeout(ask, 10_000);
    } else if (!stream && openStreams < maxStreams && refusals < 3) {
      openStream();
    } else if (!stream) {
      ask();
    }
  }

  document.addEventListener('visibilitychange', start);
  addEventListener('pageshow', start);
  addEventListener('pagehide', closeStream);
  start();
}
