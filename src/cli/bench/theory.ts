import { InvalidInputError } from '#core';
import Table from 'cli-table3';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { note, type Io } from '../io.js';
import { packageRoot } from '../version.js';
import { measureTheoryCase, theoryCases, type TheoryFigures } from './theory-cases.js';

interface TheoryBenchInput {
  readonly json?: boolean;
  readonly case?: string;
}

/** The figures of a case, with its largest relative difference from the case it is held against. */
interface ComparedFigures extends TheoryFigures {
  readonly against: string | null;
  readonly difference: number | null;
}

/**
 * `meander bench theory`: time, memory and agreement of the ways to compute the theory. Every case runs in a process of its
 * own, so that the peak of its memory is its own.
 */
export async function theoryBenchCommand({ json, case: only }: TheoryBenchInput, io: Io): Promise<void> {
  if (only !== undefined) {
    io.stdout.write(`${JSON.stringify(measureTheoryCase(caseNamed(only)))}\n`);
    return;
  }
  const cases: ComparedFigures[] = [];
  for (const { name, against = null } of theoryCases.filter(({ isLong = false }) => !isLong)) {
    note(io, `${name} …`);
    const figures = await inOwnProcess(name);
    const reference = cases.find((other) => other.name === against);
    const difference = reference ? largestDifference(figures, reference) : figures.fromClosedForm;
    cases.push({
      ...figures,
      against: against ?? (figures.fromClosedForm === null ? null : 'closed form'),
      difference,
    });
  }
  io.stdout.write(json ? `${JSON.stringify({ cases })}\n` : theoryBenchTable(cases));
}

function caseNamed(name: string): (typeof theoryCases)[number] {
  const found = theoryCases.find((one) => one.name === name);
  if (found) return found;
  throw new InvalidInputError(`--case ${name}: expected one of ${theoryCases.map((one) => one.name).join(', ')}`);
}

async function inOwnProcess(name: string): Promise<TheoryFigures> {
  const main = fileURLToPath(new URL('dist/cli/main.js', packageRoot));
  const { stdout } = await promisify(execFile)(process.execPath, [main, 'bench', 'theory', '--case', name]);
  return JSON.parse(stdout) as TheoryFigures;
}

const largestDifference = (a: TheoryFigures, b: TheoryFigures): number =>
  Math.max(
    ...a.fluctuation.map((value, k) => Math.abs(value / b.fluctuation[k] - 1)),
    ...a.diffusion.map((value, k) => Math.abs(value / b.diffusion[k] - 1)),
  );

function theoryBenchTable(cases: readonly ComparedFigures[]): string {
  const table = new Table({
    head: ['case', 'path', 'n', 'modes', 'planes', 'stimuli', 'seconds', 'processor', 'MB', 'error of D', 'off'],
    style: { head: [], border: [], compact: true },
    colAligns: ['left', 'left', ...Array.from({ length: 9 }, () => 'right' as const)],
  });
  for (const figures of cases) {
    table.push([
      figures.name,
      figures.path,
      figures.inputs,
      figures.learnedModes,
      figures.planes,
      figures.stimuli,
      figures.seconds.toFixed(2),
      figures.processorSeconds.toFixed(2),
      figures.peakMegabytes.toFixed(0),
      figures.relativeStandardError > 0 ? `${(100 * figures.relativeStandardError).toFixed(1)}%` : '',
      figures.difference === null ? '' : figures.difference.toExponential(0),
    ]);
  }
  return (
    `seconds of one prediction, without the making of the model; MB at the peak of the process; off: largest relative\n` +
    `difference of F and D from the case on the general path, or from the closed form\n${table.toString()}\n`
  );
}
