// @imgly/background-removal-node, for comparison, in a process of its own; run in a folder that has the package.
//   node cutouts.mjs cost PICTURE COUNT  what a removal costs; the first loads the model and is not counted
//   node cutouts.mjs folder FROM INTO    a cutout of every PNG in a folder; those already there are left
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import fs from 'node:fs';

const require = createRequire(`${process.cwd()}/`);
const { removeBackground } = await import(pathToFileURL(require.resolve('@imgly/background-removal-node')));
const remove = async path => {
  const picture = new Blob([fs.readFileSync(path)], { type: path.endsWith('.png') ? 'image/png' : 'image/jpeg' });
  return Buffer.from(await (await removeBackground(picture, { model: 'medium' })).arrayBuffer());
};
const [verb, from, to] = process.argv.slice(2);

if (verb === 'folder') {
  fs.mkdirSync(to, { recursive: true });
  for (const name of fs.readdirSync(from).filter(name => name.endsWith('.png') && !fs.existsSync(`${to}/${name}`)))
    fs.writeFileSync(`${to}/${name}`, await remove(`${from}/${name}`));
} else {
  const times = [], work = [];
  const median = values => Math.round(values.sort((a, b) => a - b)[values.length >> 1]);
  for (let turn = 0; turn <= +to; turn++) {
    const began = performance.now(), worked = process.cpuUsage();
    await remove(from);
    const { user, system } = process.cpuUsage(worked);
    if (turn === 0) continue;
    times.push(performance.now() - began);
    work.push((user + system) / 1000);
  }
  console.log(`imgly: median ${median(times)} ms, least ${Math.round(Math.min(...times))}, processor ${median(work)}, peak ${Math.round(process.resourceUsage().maxRSS / 1000)} MB`);
}
