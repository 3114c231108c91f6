import { InvalidInputError } from '#core';
import { theoryReport } from '#experiment';
import { loadExperiment, locating } from './load.js';
import { theoryTable } from './tables.js';

interface TheoryCommandOptions {
  readonly json?: boolean;
  readonly times?: string;
}

export async function theoryCommand(file: string, { json, times }: TheoryCommandOptions): Promise<void> {
  const steps = times === undefined ? undefined : timesOf(times);
  const loaded = await loadExperiment(file);
  const report = await locating(loaded, () => theoryReport(loaded.experiment, steps));
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : theoryTable(report, steps !== undefined));
}

function timesOf(text: string): number[] {
  const times = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  if (times.every((time) => Number.isFinite(time) && time >= 0)) return times;
  throw new InvalidInputError(`--times ${text}: expected steps from 0 on, separated by commas, such as 1e6,1e7,1e8`);
}
