// How quick the dashboard's page of logs is in a browser, with 100,000 lines in memory. Run it from the repository's root after
// dotnet build -c Release, in a folder that has playwright-core: npm install --no-save playwright-core && node bench/dashboard.mjs
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { scroll, told } from './scrolling.mjs';

const { chromium } = createRequire(`${process.cwd()}/`)('playwright-core');
const ROUNDS = 10;
const host = spawn('dotnet', ['artifacts/bin/Ivg.Bench/release/Ivg.Bench.dll', 'dashboard-pages', '100000'], { stdio: ['pipe', 'pipe', 'inherit'] });
const [link] = (await once(host.stdout, 'data')).toString().trim().split('\n');
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
await page.goto(link);

async function time(what, act) {
  const times = [];
  for (let round = 0; round < ROUNDS; round++) {
    const began = performance.now();
    await act(round);
    times.push(performance.now() - began);
  }
  const first = times[0];
  times.sort((a, b) => a - b);
  console.log(`${what}: first ${first.toFixed(0)} ms, median ${times[ROUNDS / 2].toFixed(0)} ms, most ${times.at(-1).toFixed(0)} ms`);
}

await time('the page opened, to its rows', async () => {
  await page.goto(new URL('/logs', link).href);
  await page.locator('.row.log').first().waitFor();
});
await time('a text typed, to its one row', async round => {
  await page.fill('#text', `finished job number 5555${round} in`);
  await page.locator('.row.log', { hasText: `number 5555${round} in` }).waitFor();
});
await page.fill('#text', '');
await page.locator('.row.log', { hasText: 'number 99999 in' }).waitFor();
await time('a line opened, to its details', async round => {
  await page.locator('.row.log', { hasText: `number ${99999 - round} in` }).getByRole('button').click();
  await page.locator('aside .message', { hasText: `number ${99999 - round} in` }).waitFor();
});
const frames = await page.evaluate(scroll, { selector: '[role=table]', step: 40, seconds: 15 });
console.log(`scrolling: ${frames.pixels} px, ${told(frames)}`);
await browser.close();
host.stdin.end();
