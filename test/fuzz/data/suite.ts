// Mutated data files, in every place of an experiment file that names one.
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Choices } from '../random.js';
import { eachCase, type Suite } from '../suite.js';
import { csvFile, npyFile, type Table } from './files.js';
import { mutateData } from './mutate.js';
import { faultOf } from './right.js';

const STIMULI: Table = [
  [3, 1, 0],
  [-1, 4, 1],
  [0, -2, 3],
  [-3, 1, -2],
  [2, 2, -1],
];
const SQUARE: Table = [
  [3, 1, 0],
  [1, 4, 1],
  [0, 1, 2],
];

/** What an experiment file says where it names a data file, and the table that belongs there. */
const places: readonly {
  readonly table: Table;
  readonly input: (file: string) => string;
  readonly more?: (file: string) => string;
}[] = [
  { table: STIMULI, input: (file) => `{ kind: dataset, file: ${file}, center: true, components: 2 }` },
  { table: STIMULI, input: (file) => `{ kind: dataset, file: ${file} }` },
  { table: STIMULI, input: (file) => `{ kind: dictionary, stimuli: { file: ${file} } }` },
  { table: SQUARE, input: (file) => `{ kind: gaussian, covariance: { file: ${file} } }` },
  {
    table: SQUARE,
    input: () => '{ kind: gaussian, covariance: [3, 2, 1] }',
    more: (file) => `  target: { file: ${file} }\n`,
  },
  {
    table: STIMULI,
    input: () => '{ kind: gaussian, covariance: [3, 2, 1] }',
    more: (file) => `probes: { file: ${file} }\n`,
  },
];

export const data: Suite = (options) =>
  eachCase(options, async (number, directory, host, tally) => {
    const choices = new Choices(options.seed, number);
    const { table, input, more = () => '' } = choices.pick(places);
    const format = choices.pick(['npy', 'csv'] as const);
    const right = format === 'npy' ? npyFile(table, choices) : csvFile(table, choices);
    const bytes = mutateData(right, format, choices);
    const file = `data.${format}`;
    await writeFile(join(directory, file), bytes);
    const text =
      `model:\n  hiddenUnits: 4\n  learningRate: 0.001\n  weightDecay: 0.1\n  labelNoiseVariance: 0.1\n` +
      `  input: [${input(file)}]\n${more(file)}`;
    await writeFile(join(directory, 'case.yaml'), text);
    const args = ['theory', 'case.yaml', ...(choices.chance(0.5) ? ['--json'] : [])];
    const outcome = await host.run(args, directory);
    const fault = faultOf(bytes, format);
    const accepted = outcome.code === 0 && fault !== undefined;
    tally.command(number, args, outcome, accepted ? [`accepted ${file} with ${fault}`] : []);
    await rm(join(directory, file));
  });
