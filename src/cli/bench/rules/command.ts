import { describeKernel } from '#kernel/node';
import Table from 'cli-table3';
import { InvalidInputError } from '#core';
import type { Io } from '../../io.js';
import { ruleSizes } from './cases.js';
import { measureRules, type RuleSpeeds } from './measure.js';

interface BenchRulesInput {
  readonly json?: boolean;
  readonly rounds: number;
  readonly inputs?: number;
}

/** `meander bench rules`: speeds of the steps of the built-in rules, and of programs by hand, in one interleaved run. */
export async function benchRulesCommand({ json, rounds, inputs }: BenchRulesInput, { env, stdout }: Io): Promise<void> {
  const sizes = ruleSizes.filter(({ n }) => inputs === undefined || n === inputs);
  if (sizes.length === 0) {
    const known = ruleSizes.map(({ n }) => n).join(', ');
    throw new InvalidInputError(`found ${inputs ?? ''}, expected one of ${known}`, ['--inputs']);
  }
  const kernel = describeKernel({ ...env, MEANDER_KERNEL: '' });
  const { rules, missing } = await measureRules(sizes, rounds, env, (speeds) => {
    if (!json) stdout.write(speedTable(speeds));
  });
  if (json) {
    const unit = 'million replica-steps per second of processor time';
    stdout.write(`${JSON.stringify({ unit, rounds, kernel, rules, missing })}\n`);
  } else if (missing.length > 0) stdout.write(`not installed, so not measured: ${missing.join('; ')}\n`);
}

function speedTable({ rule, n, k, results, sampleTime }: RuleSpeeds): string {
  const table = new Table({
    head: ['contender', 'best', 'WebAssembly / it', 'native / it'],
    style: { head: [], border: [], compact: true },
    colAligns: ['left', 'right', 'right', 'right'],
  });
  for (const { name, best, wasmRatio, nativeRatio } of results) {
    table.push([name, best.toPrecision(3), wasmRatio.toFixed(2), nativeRatio?.toFixed(2) ?? '']);
  }
  return (
    `${rule}, n = ${n}, k = ${k}: million replica-steps per second of processor time, ` +
    `median ratios${sampleTime === null ? '' : `; a sample takes ${sampleTime.toPrecision(2)} us`}\n${table.toString()}\n\n`
  );
}
