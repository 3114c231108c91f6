/**
 * How often a reproduction in which everything is true fails: quick reproductions with seeds 1, 2, …, and every quantity that failed.
 *
 *   npm run build; npx tsx bench/seeds.ts --out DIR [--seeds 40] [--first 1] [--claims 2,3a]
 *
 * Each takes some minutes on two cores. DIR keeps them, DIR/SEED each: after an interruption the same command continues, and with more
 * seeds it adds to them. Exit code 1 where more than one in 40 fails.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Check } from '#compare';
import type { ReproductionReport } from '#reproduce';

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    seeds: { type: 'string', default: '40' },
    first: { type: 'string', default: '1' },
    claims: { type: 'string' },
  },
});
const { out } = values;
if (out === undefined) throw new Error('which directory? --out DIR');
const meander = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));

/** Runs or continues the reproduction of a seed, unless it is finished. A verdict that fails is no error here. */
async function reproduction(directory: string, seed: number): Promise<ReproductionReport> {
  const report = join(directory, 'report.json');
  if (!existsSync(report)) {
    const chosen = values.claims === undefined ? [] : ['--claims', values.claims];
    const args = [meander, 'reproduce', '--quick', '--seed', String(seed), '--out', directory, ...chosen];
    const code = await new Promise<number | null>((resolve, reject) => {
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
      child.on('error', reject);
      child.on('exit', resolve);
    });
    if (code !== 0 && code !== 1) throw new Error(`seed ${seed}: meander reproduce ended with ${String(code)}`);
  }
  return JSON.parse(readFileSync(report, 'utf8')) as ReproductionReport;
}

await mkdir(out, { recursive: true });
const first = Number(values.first);
const failures: string[] = [];
let failedRuns = 0;
const sums = new Map<string, { count: number; z: number; squares: number }>();
for (let seed = first; seed < first + Number(values.seeds); seed++) {
  const { claims, together, passed } = await reproduction(join(out, String(seed)), seed);
  if (!passed) failedRuns++;
  for (const { id, checks } of [...claims, { id: 'all', checks: together }]) {
    for (const check of checks) {
      if (!check.passed)
        failures.push(`| ${seed} | ${id} | ${check.quantity.replaceAll('|', '\\|')} | ${numbers(check)} |`);
      // Means are those of normal deviates where errors are right.
      if (!/together|^mean z²/.test(check.quantity)) continue;
      const key = `${id} | ${check.quantity.replaceAll('|', '\\|')}`;
      const { count, z, squares } = sums.get(key) ?? { count: 0, z: 0, squares: 0 };
      sums.set(key, { count: count + 1, z: z + check.z, squares: squares + check.z ** 2 });
    }
  }
  console.error(`seed ${seed}: ${passed ? 'passes' : 'FAILS'}`);
}

function numbers({ predicted, measured, error, z, rule }: Check): string {
  return (
    [predicted, measured, error].map((value) => value.toPrecision(4)).join(' | ') +
    ` | ${z.toFixed(1)} | ${rule.replaceAll('|', '\\|')}`
  );
}

console.log('| claim | quantity | seeds | mean z | mean z² |\n| --- | --- | --- | --- | --- |');
for (const [key, { count, z, squares }] of sums) {
  console.log(`| ${key} | ${count} | ${(z / count).toFixed(2)} | ${(squares / count).toFixed(2)} |`);
}
console.log(`\n${failedRuns} of ${values.seeds} reproductions fail${failures.length > 0 ? ':' : ''}`);
if (failures.length > 0) {
  console.log(
    '\n| seed | claim | quantity | predicted | measured | error | z | rule |\n| --- | --- | --- | --- | --- | --- | --- | --- |',
  );
  console.log(failures.join('\n'));
}
process.exitCode = failedRuns > Math.max(1, Number(values.seeds) / 40) ? 1 : 0;
