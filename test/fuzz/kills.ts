// Kills of a sweep and of its workers at random moments; whatever was killed, resuming makes the undisturbed table.
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { begin } from '../support/meander.js';
import { childrenOf } from '../support/processes.js';
import { sweepFile } from '../support/sweeps.js';
import type { Outcome } from './host.js';
import { Choices } from './random.js';
import { eachCase, type Suite } from './suite.js';

/** Seconds of work in 20 tasks: long enough to be hit again and again. */
const SWEEP = sweepFile({ points: 20, duration: 200_000 });

/** What a process leaves that is killed while it takes the lock: it may be waiting, so `resume` removes it an hour later only. */
const WAITING = /^\.lock\.[\w-]+\.part$/;

/** Runs a command to its end, or until something of it is killed; `kill` gets its number. */
async function command(
  args: readonly string[],
  directory: string,
  kill?: (pid: number) => Promise<void>,
): Promise<Outcome> {
  const begun = performance.now();
  const child = begin(args, directory);
  await kill?.(child.pid ?? 0);
  const { code, stdout, stderr } = await child.ended;
  return { code, thrown: null, stdout, stderr, seconds: (performance.now() - begun) / 1000, bytes: 0 };
}

export const kills: Suite = (options) => {
  let expected: Buffer | undefined;
  let run = 0;
  return eachCase(options, async (number, directory, _, tally) => {
    if (!expected) {
      await writeFile(join(directory, 'sweep.yaml'), SWEEP);
      await command(['sweep', 'sweep.yaml', '--out', 'whole'], directory);
      expected = await readFile(join(directory, 'whole/results.parquet'));
    }
    const choices = new Choices(options.seed, number);
    const name = `run${run}`;
    const isThere = (await readdir(directory)).includes(name);
    const args = isThere ? ['resume', name] : ['sweep', 'sweep.yaml', '--out', name];
    const ofWorker = choices.chance(0.4);
    const outcome = await command([...args, '--checkpoint', '1'], directory, async (pid) => {
      await delay(50 + choices.whole(ofWorker ? 600 : 1000));
      const victims = ofWorker ? childrenOf(pid) : [pid];
      if (victims.length > 0) killed(choices.pick(victims));
      if (!ofWorker) return;
      await delay(choices.whole(600));
      killed(pid);
    });
    tally.count(outcome.code === null ? 'killed' : `ended with ${outcome.code}`);
    if (outcome.code !== null && outcome.code !== 0) tally.complain(number, `${args.join(' ')}: ${outcome.stderr}`);
    if (outcome.code !== 0 && !choices.chance(0.2) && number + 1 < options.from + options.count) return;
    const stop = (await readdir(directory)).includes(name);
    const last = await command(stop ? ['resume', name] : ['sweep', 'sweep.yaml', '--out', name], directory);
    const table = await readFile(join(directory, name, 'results.parquet')).catch(() => Buffer.of());
    const more = table.equals(expected) ? [] : ['made another table'];
    const left = await readdir(join(directory, name), { recursive: true });
    more.push(
      ...left
        .filter((entry) => /part|lock|checkpoints\//.test(entry) && !WAITING.test(entry))
        .map((entry) => `left ${entry}`),
    );
    if (last.code !== 0) more.push(`did not end what was killed: ${last.stderr}`);
    tally.command(number, ['resume', name], last, more);
    await rm(join(directory, name), { recursive: true });
    run++;
  });
};

/** It may have ended by itself. */
function killed(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // There is nothing left to kill.
  }
}
