// What a removal costs @imgly/background-removal-node, in a process of its own: node cutouts.mjs PICTURE COUNT, in a folder that has the
// package. The first removal loads the model and is not counted.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import fs from 'node:fs';

const require = createRequire(`${process.cwd()}/`);
const { removeBackground } = await import(pathToFileURL(require.resolve('@imgly/background-removal-node')));
const [path, count] = process.argv.slice(2);
const picture = new Blob([fs.readFileSync(path)], { type: path.endsWith('.png') ? 'image/png' : 'image/jpeg' });
const times = [], work = [];
const median = values => Math.round(values.sort((a, b) => a - b)[values.length >> 1]);
for (let turn = 0; turn <= +count; turn++) {
  const began = performance.now(), worked = process.cpuUsage();
  await (await removeBackground(picture, { model: 'medium' })).arrayBuffer();
  const { user, system } = process.cpuUsage(worked);
  if (turn === 0) continue;
  times.push(performance.now() - began);
  work.push((user + system) / 1000);
}
console.log(`imgly: median ${median(times)} ms, least ${Math.round(Math.min(...times))}, processor ${median(work)}, peak ${Math.round(process.resourceUsage().maxRSS / 1000)} MB`);
