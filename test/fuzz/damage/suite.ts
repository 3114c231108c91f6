// Run directories of which one file was damaged, read and continued.
import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Choices } from '../random.js';
import { eachCase, type Suite } from '../suite.js';
import { damage } from './damages.js';
import { makeBases, type Bases } from './runs.js';

const READERS = [
  ['status', 'run'],
  ['status', 'run', '--json'],
  ['show', 'run', '--json'],
  ['show', 'run'],
  ['show', 'run', '--figure'],
  ['export', 'run', '--format', 'csv'],
];
const WRITERS = [
  ['resume', 'run'],
  ['resume', 'run', '--check'],
  ['collect', 'run'],
  ['collect', 'run', '--trajectories'],
];

/** Lines beside the one of an error: progress, and what `--check` puts aside. */
const NOTES = /^(small [=-]+ +\d+% |damaged, renamed to |no record is damaged$)/;

export const damagedRuns: Suite = (options) => {
  let made: Bases | undefined;
  return eachCase(options, async (number, directory, host, tally) => {
    made ??= await makeBases(directory, host);
    const choices = new Choices(options.seed, number);
    const { name, files } = choices.pick(made.bases);
    const run = join(directory, 'run');
    await cp(join(directory, name), run, { recursive: true });
    const file = choices.pick(files);
    const what = `${await damage(join(run, file), choices)} ${file} (${name})`;
    for (const args of [choices.pick(READERS), choices.pick(WRITERS)]) {
      const outcome = await host.run(args, directory);
      const more: string[] = [];
      if (
        outcome.code === 0 &&
        name === 'done' &&
        args[0] === 'show' &&
        args.includes('--json') &&
        outcome.stdout !== made.rows
      ) {
        more.push('showed other numbers');
      }
      if (outcome.code === 0 && (args[0] === 'resume' || args[0] === 'collect')) {
        const table = await readFile(join(run, 'results.parquet')).catch(() => Buffer.of());
        if (!table.equals(made.table)) more.push('made another table');
      }
      const marked = (text: string): string => `${what}: ${text}`;
      tally.command(number, [marked(args.join(' '))], outcome, more, NOTES);
    }
    await rm(run, { recursive: true });
  });
};
