import { InvalidInputError } from '#core';
import { theoryReport, type Order } from '#experiment';
import { loadExperiment, withLocation } from './load.js';
import { theoryTable } from './tables/theory.js';

interface TheoryCommandOptions {
  readonly json?: boolean;
  readonly times?: string;
  readonly order?: string;
}

export async function theoryCommand(file: string, { json, times, order }: TheoryCommandOptions): Promise<void> {
  const steps = times === undefined ? undefined : timesOf(times);
  const options = { times: steps, order: orderOf(order) };
  const loaded = await loadExperiment(file);
  const report = await withLocation(loaded, () => theoryReport(loaded.experiment, options));
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : theoryTable(report, steps !== undefined));
}

function timesOf(text: string): number[] {
  const times = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  if (times.every((time) => Number.isFinite(time) && time >= 0)) return times;
  throw new InvalidInputError(`--times ${text}: expected steps from 0 on, separated by commas, such as 1e6,1e7,1e8`);
}

export function orderOf(text = 'leading'): Order {
  if (text === 'leading' || text === 'next') return text;
  throw new InvalidInputError(`--order ${text}: expected leading or next`);
}
