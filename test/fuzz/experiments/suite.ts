// Mutated experiment files.
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { Choices } from '../random.js';
import { eachCase, type Suite } from '../suite.js';
import { exclusionOf } from './excluded.js';
import { mutateText } from './mutate-text.js';
import { mutateTree } from './mutate-tree.js';
import { TABLE, templates } from './templates.js';

/** How a case is named and written, and the command that gets it. */
interface ExperimentCase {
  readonly name: string;
  readonly text: string;
  /** Why it may not be accepted; undefined where it may. */
  readonly exclusion: string | undefined;
  readonly args: readonly string[];
}

function experimentCase(seed: number, number: number): ExperimentCase {
  const choices = new Choices(seed, number);
  const template = choices.pick(templates);
  const json = choices.chance(0.3);
  const name = json ? 'case.json' : 'case.yaml';
  const text = choices.chance(0.4)
    ? mutateText(written(parse(template), json), choices)
    : changed(template, json, choices);
  const exclusion = exclusionOf(text);
  // What simulates would take its time with a file that is right.
  const commands = [
    ['theory', name],
    ['theory', name, '--json'],
    ['theory', name, '--times', '0,10,1e6', '--json'],
  ];
  const longer = [
    ['run', name, '--json'],
    ['run', name, '--out', 'out'],
    ['sweep', name, '--out', 'out'],
  ];
  return { name, text, exclusion, args: choices.pick(exclusion === undefined ? commands : [...commands, ...longer]) };
}

const written = (tree: unknown, json: boolean): string =>
  json ? JSON.stringify(tree, null, 1) : stringify(tree, { aliasDuplicateObjects: false });

function changed(template: string, json: boolean, choices: Choices): string {
  const tree = parse(template) as Record<string, unknown>;
  mutateTree(tree, choices);
  return written(tree, json);
}

export const experiments: Suite = (options) =>
  eachCase(options, async (number, directory, host, tally) => {
    const { name, text, exclusion, args } = experimentCase(options.seed, number);
    await writeFile(join(directory, 'table.csv'), TABLE);
    await writeFile(join(directory, name), text);
    const outcome = await host.run(args, directory);
    const more: string[] = [];
    if (outcome.code === 0 && exclusion !== undefined) more.push(`accepted, though ${exclusion}`);
    if (outcome.code === 0 && args.includes('--json')) more.push(...complaintsOfJson(outcome.stdout));
    await rm(join(directory, name));
    const left = (await readdir(directory)).filter((entry) => entry !== 'table.csv');
    if (left.length > 0) more.push(`left ${left.join(', ')}`);
    for (const entry of left) await rm(join(directory, entry), { recursive: true });
    tally.command(number, args, outcome, more);
  });

function complaintsOfJson(text: string): string[] {
  try {
    JSON.parse(text);
    return [];
  } catch (error) {
    return [`printed no JSON: ${(error as Error).message}`];
  }
}
