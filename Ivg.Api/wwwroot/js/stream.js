import { listJobs, openStream } from './api.js';

// The service pings every 15 s, so this line is dead, whatever the network says.
const silence = 40_000;
const moved = 'moved';

/** @type {FollowJobs} */
export async function followJobs({ onJob, onLost, isBusy }) {
  let lastId = '';
  let failures = 0;
  let heard = Date.now();
  let line = new AbortController();
  let wake = () => {};

  /** @param {string} block */
  function take(block) {
    const { id, data } = Object.fromEntries(block.split('\n').map(text => text.split(/: (.*)/, 2)));
    const job = JSON.parse(data ?? '{}');
    if (job.job_id) onJob(job);
    if (id) lastId = id;
  }

  async function listen() {
    line = new AbortController();
    heard = Date.now();
    const body = await openStream(lastId, line.signal);
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    failures = 0;
    onLost(false);
    for (let rest = ''; ;) {
      heard = Date.now();
      const { done, value } = await reader.read();
      if (done) return;
      const blocks = (rest + value).split('\n\n');
      rest = /** @type {string} */ (blocks.pop());
      blocks.forEach(take);
    }
  }

  async function ask() {
    try {
      for (const job of (await listJobs()).reverse()) onJob(job);
      onLost(false);
    } catch {
      onLost(true);
    }
  }

  /** @param {number} time */
  const pause = time => new Promise(resolve => {
    wake = () => resolve(undefined);
    setTimeout(wake, time);
  });

  function move() {
    failures = 0;
    line.abort(moved);
    wake();
  }

  document.addEventListener('visibilitychange', move);
  addEventListener('online', move);
  addEventListener('offline', () => line.abort());
  // A laptop that slept wakes with a line that looks whole.
  setInterval(() => {
    if (Date.now() - heard > silence) line.abort();
  }, 5_000);

  for (;;) {
    if (document.hidden) {
      if (isBusy()) await ask();
      await pause(10_000);
      continue;
    }
    let wait = 0;
    try {
      await listen();
    } catch (/** @type {any} */ error) {
      if (line.signal.reason === moved) continue;
      failures++;
      wait = (error.retryAfter ?? 0) * 1000;
      if (failures > 1) await ask();
    }
    // Spread, so that not everybody comes back to a restarted service at once.
    await pause(Math.max(wait, Math.min(1000 * 2 ** failures, 15_000) * (1 + Math.random()) / 2));
  }
}
