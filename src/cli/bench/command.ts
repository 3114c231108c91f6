import { InvalidInputError } from '#core';
import Table from 'cli-table3';
import { measurePrecision, type Precision } from './precision.js';
import { measureSpeeds, type SizeSpeeds, type Spread } from './speeds.js';

interface BenchOptions {
  readonly json?: boolean;
  readonly rounds: string;
  readonly seconds: string;
}

/** `meander bench`: speeds of the kernel and its peers in one interleaved run, and the time to a 1% error of D. */
export async function benchCommand({ json, rounds, seconds }: BenchOptions): Promise<void> {
  const effort = { rounds: positive('--rounds', rounds), seconds: positive('--seconds', seconds) };
  const sizes = await measureSpeeds(effort, (size) => {
    if (!json) process.stdout.write(speedTable(size));
  });
  const precision = await measurePrecision();
  process.stdout.write(
    json
      ? `${JSON.stringify({ unit: 'million replica-steps per second', ...effort, sizes, precision })}\n`
      : precisionText(precision),
  );
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (value > 0 && value <= 1000) return value;
  throw new InvalidInputError(`${option} ${text}: expected a number above 0, at most 1000`);
}

const spread = (value: Spread | null): string =>
  value ? `${value.median.toFixed(2)} (${value.low.toFixed(2)} - ${value.high.toFixed(2)})` : '';

function speedTable({ n, p, results }: SizeSpeeds): string {
  const table = new Table({
    head: ['contender', 'threads', 'median', 'best', 'kernel f64 / it', 'against one thread'],
    style: { head: [], border: [], compact: true },
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right'],
  });
  for (const { name, threads, rate, best, kernelRatio, scaling } of results) {
    table.push([name, threads, rate.toPrecision(3), best.toPrecision(3), spread(kernelRatio), spread(scaling)]);
  }
  return `n = m = ${n}, p = ${p}; million replica-steps per second, median and quartiles of the ratios\n${table.toString()}\n\n`;
}

const precisionText = (precision: Precision): string =>
  `D to 1% (anisotropic autoencoder, n = p = m = 4, eta = 0.01): ${precision.secondsToOnePercent.toFixed(2)} s by projected ` +
  `increments; raw displacement would take ${precision.rawReplicaSteps.toPrecision(2)} replica-steps, ` +
  `${(precision.rawSeconds / 60).toPrecision(2)} minutes (by its error law, not measured)\n` +
  `measuring adds ${precision.recordingOverhead
    .map(({ n, overhead }) => `${(100 * overhead).toFixed(1)}% (n = m = p = ${n})`)
    .join(', ')} to the time of stepping at the automatic lag\n`;
