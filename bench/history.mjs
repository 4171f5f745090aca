// How a history of 2,000 rows scrolls, in frames a second, in a window of 1280 x 800 with the processor's own speed and four times slower.
// Run it against an API in Development with DATABASE_URL at its database, in a folder that has playwright-core:
//   npm install --no-save playwright-core && node bench/history.mjs http://localhost:5080
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { scroll, told } from './scrolling.mjs';

const { chromium } = createRequire(`${process.cwd()}/`)('playwright-core');
const [address] = process.argv.slice(2);
const user = `bench-${randomUUID()}`;
// The styles' references in place of results, each row with a picture of its own address.
execFileSync('psql', [process.env.DATABASE_URL, '-q', '-v', 'ON_ERROR_STOP=1', '-c', `
  with r as (select n, gen_random_uuid() as image, now() - n * interval '2 hours' as at from generate_series(0, 1999) n),
  i as (
    insert into image_assets (image_id, session_id, mime_type, width, height, bytes, sha256, data, created_at)
    select r.image, 'default:${user}', s.reference_mime_type, s.reference_width, s.reference_height, length(s.reference), s.reference_sha256, s.reference, r.at
    from r join (select *, row_number() over (order by style_id) - 1 as place, count(*) over () as count from styles) s on s.place = r.n % s.count)
  insert into generation_history (history_id, session_id, job_id, kind, style_id, style_name, prompt, settings, image_ids, created_at)
  select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7000800000000000' || lpad(to_hex(n), 4, '0'))::uuid, 'default:${user}', gen_random_uuid(),
    'variation', 'chalkboard', 'Chalkboard', 'a fox in the snow', '{"count": 1, "provider": "offline"}', array[image], at from r`]);

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
for (const rate of [1, 4]) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, extraHTTPHeaders: { 'X-User-Id': user } });
  const page = await context.newPage();
  await page.goto(`${address}/history`);
  const began = performance.now();
  while (await page.locator('[data-older]').count()) {
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await page.waitForTimeout(20);
  }
  const loaded = performance.now() - began;
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
  // Two windows a second: as fast as one who looks for something scrolls.
  const frames = await page.evaluate(scroll, { step: 27, seconds: 20 });
  const rows = await page.locator('[data-past]').count();
  console.log(`processor / ${rate}: ${rows} rows, all pages loaded in ${(loaded / 1000).toFixed(1)} s; ${told(frames)}`);
  await context.close();
}
await browser.close();
