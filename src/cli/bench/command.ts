import { formatSteps } from '#core';
import Table from 'cli-table3';
import type { Io } from '../io.js';
import { describeKernel } from '#kernel/node';
import { measurePrecision, type Precision } from './precision.js';
import { measureSpeeds, type SizeSpeeds, type Spread } from './speeds.js';

interface BenchInput {
  readonly json?: boolean;
  readonly rounds: number;
  readonly seconds: number;
}

/** `meander bench`: speeds of the kernel and its peers in one interleaved run, and the time to a 1% error of D. */
export async function benchCommand({ json, rounds, seconds }: BenchInput, io: Io): Promise<void> {
  const effort = { rounds, seconds };
  const kernel = describeKernel(io.env);
  const { sizes, missing } = await measureSpeeds(effort, io.env, (size) => {
    if (!json) io.stdout.write(speedTable(size));
  });
  if (!json && missing.length > 0) io.stdout.write(`not installed, so not measured: ${missing.join('; ')}\n\n`);
  const precision = await measurePrecision();
  io.stdout.write(
    json
      ? `${JSON.stringify({ unit: 'million replica-steps per second', ...effort, kernel, sizes, missing, precision })}\n`
      : precisionText(precision, kernel),
  );
}

const spread = (value: Spread | null): string =>
  value ? `${value.median.toFixed(2)} (${value.low.toFixed(2)} - ${value.high.toFixed(2)})` : '';

function speedTable({ n, p, results }: SizeSpeeds): string {
  const table = new Table({
    head: ['contender', 'threads', 'median', 'best', 'kernel f64 / it', 'native f64 / it', 'against one thread'],
    style: { head: [], border: [], compact: true },
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right'],
  });
  for (const { name, threads, rate, best, kernelRatio, nativeRatio, scaling } of results) {
    const ratios = [kernelRatio, nativeRatio, scaling].map(spread);
    table.push([name, threads, rate.toPrecision(3), best.toPrecision(3), ...ratios]);
  }
  return `n = m = ${n}, p = ${p}; million replica-steps per second, median and quartiles of the ratios\n${table.toString()}\n\n`;
}

const precisionText = (precision: Precision, kernel: string): string =>
  `D to 1% (anisotropic autoencoder, n = p = m = 4, eta = 0.01): ${precision.secondsToOnePercent.toFixed(2)} s, ` +
  `${precision.processorSecondsToOnePercent.toFixed(2)} s of processor time on all cores, by projected ` +
  `increments (${kernel}); raw displacement would take ${formatSteps(precision.rawReplicaSteps)} replica-steps, ` +
  `${(precision.rawSeconds / 60).toPrecision(2)} minutes (by its error law, not measured)\n` +
  `measuring adds ${precision.recordingOverhead
    .map(({ n, overhead }) => `${(100 * overhead).toFixed(1)}% (n = m = p = ${n})`)
    .join(', ')} to the time of stepping at the automatic lag\n`;
