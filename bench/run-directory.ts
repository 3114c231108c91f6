// Measures what a run directory costs: `npx tsx bench/run-directory.ts scale [TASKS]` makes one of 100,000 tasks whose records
// are copies of a real one, and times status and collect on it; `… overhead [TURNS]` times the executor against the engine alone.
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pointOf, runLocally, unfinishedTasks } from '#execute';
import { sliceTask, runSlices, runTask } from '#experiment';
import { createKernelSteppers } from '#kernel';
import { loadKernel } from '#kernel/node';
import { encodeRecord, RunDirectory, SHARD_SIZE } from '#store';

const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'meander-bench-'));

/** Points x 4 replicas of a small network. */
const experiment = (points: number, replicas: number, duration: number, lag = 20): string => `name: bench
model:
  hiddenUnits: 3
  input: [{ kind: gaussian, covariance: [1.3, 1.0, 0.8] }]
  learningRate: 0.02
  weightDecay: 0.1
simulation: { replicas: ${replicas}, seed: 3, burnIn: 200, lag: ${lag}, duration: ${duration} }
sweep:
  model.learningRate: ${JSON.stringify(Array.from({ length: points }, (_, i) => (i + 1) / (100 * points)))}
`;

/** Runs the command line; returns its seconds and the memory that it came to need, in MB. */
function timed(...args: string[]): { seconds: number; megabytes: number } {
  const began = performance.now();
  const script = `process.argv.splice(1, 1); await import(${JSON.stringify(main)}); process.on('exit', () => console.error('peak', process.resourceUsage().maxRSS));`;
  const { stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', script, '--', '-', ...args], {
    cwd: directory,
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  if (status !== 0) throw new Error(`${args.join(' ')}: ${stderr}`);
  return { seconds: (performance.now() - began) / 1000, megabytes: Number(/peak (\d+)/.exec(stderr)?.[1]) / 1024 };
}

const say = (what: string, { seconds, megabytes }: { seconds: number; megabytes: number }): void => {
  console.log(`${what.padEnd(34)} ${seconds.toFixed(2).padStart(8)} s ${megabytes.toFixed(0).padStart(6)} MB`);
};

/** Files and bytes below a directory. */
function size(path: string): { files: number; bytes: number } {
  const entries = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return {
    files: entries.length,
    bytes: entries.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0),
  };
}

async function scale(tasks: number): Promise<void> {
  const points = Math.ceil(tasks / 10);
  writeFileSync(join(directory, 'sweep.yaml'), experiment(points, 40, 600));
  // Handed to a batch system that does nothing.
  const site = 'executor: template\nsubmit: "echo 1"\nelementVariable: K\nlist: "echo 1"\n';
  writeFileSync(join(directory, 'site.yaml'), site);
  say(
    'sweep: predict, plan, snapshotPoint, submit',
    timed('sweep', 'sweep.yaml', '--out', 'run', '--executor', 'template', '--profile', 'site.yaml'),
  );
  const path = join(directory, 'run');
  const run = await RunDirectory.open(path);
  const kernel = await loadKernel();
  const { count } = run.place(0);
  const point = await pointOf(run, 0);
  const result = runSlices(runTask(sliceTask(point, 0, count), createKernelSteppers(kernel, 'f64')));
  for (let shard = 0; shard * SHARD_SIZE < run.manifest.tasks; shard++) {
    const file = openSync(join(path, 'records', `${String(shard).padStart(6, '0')}.pack`), 'w');
    for (const task of run.records.tasksOf(shard)) writeSync(file, encodeRecord(run.manifest.id, task, result));
    closeSync(file);
  }
  const { files, bytes } = size(join(path, 'records'));
  console.log(
    `${run.manifest.tasks} tasks of ${run.manifest.points} points, ${count} replicas each; ${files} record files of ${(bytes / 1e6).toFixed(0)} MB`,
  );
  console.log(`points.bin ${(statSync(join(path, 'points.bin')).size / 1e6).toFixed(1)} MB`);
  await run.close();
  say('status', timed('status', 'run'));
  say('collect', timed('collect', 'run'));
  say('show', timed('show', 'run', '--limit', '1'));
  console.log(`results.parquet ${(statSync(join(path, 'results.parquet')).size / 1e6).toFixed(1)} MB`);
}

/**
 * Processor time of the executor with one worker, start-up of its process included, over that of the engine called in this
 * process, on the same tasks; the two take turns. One tenth of a second of work is a short task.
 */
async function overhead(turns: number): Promise<void> {
  const kernel = await loadKernel();
  writeFileSync(join(directory, 'sweep.yaml'), experiment(5, 128, 2_000_000, 400));
  writeFileSync(join(directory, 'site.yaml'), 'executor: template\nsubmit: "echo 1"\nelementVariable: K\n');
  const percents: number[] = [];
  for (let turn = 0; turn < turns; turn++) {
    const path = `run${turn}`;
    timed('sweep', 'sweep.yaml', '--out', path, '--executor', 'template', '--profile', 'site.yaml');
    const run = await RunDirectory.open(join(directory, path));
    const tasks = await unfinishedTasks(run);
    const began = ownTime();
    for (const task of tasks) {
      const { point, first, count } = run.place(task);
      runSlices(runTask(sliceTask(await pointOf(run, point), first, count), createKernelSteppers(kernel, 'f64')));
    }
    const engine = ownTime() - began;
    const before = childTime() + ownTime();
    await runLocally(run, tasks, { workers: 1 });
    const executor = childTime() + ownTime() - before;
    await run.close();
    percents.push(100 * (executor / engine - 1));
    const each = (seconds: number): string =>
      `${seconds.toFixed(2)} s (${((1000 * seconds) / tasks.length).toFixed(0)} ms a task)`;
    console.log(`${tasks.length} tasks: engine ${each(engine)}, executor ${each(executor)} of processor time`);
  }
  const ordered = percents.sort((a, b) => a - b);
  const shown = [ordered[Math.floor(turns / 2)], ordered[0], ordered[turns - 1]].map((percent) => percent.toFixed(1));
  console.log(
    `executor over engine, median (least, most) of ${turns} turns: ${shown[0]}% (${shown[1]}, ${shown[2]}) more`,
  );
}

const ownTime = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** Processor seconds of the children that have ended: fields 16 and 17 of /proc/self/stat, in hundredths. */
function childTime(): number {
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

try {
  const [what = 'scale', count = ''] = process.argv.slice(2);
  if (what === 'overhead') await overhead(Number(count || 5));
  else await scale(Number(count || 100_000));
} finally {
  rmSync(directory, { recursive: true, force: true });
}
