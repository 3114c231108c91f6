// npx tsx bench/startup.ts [ROUNDS]: milliseconds from the start of the process to its end, of the built command line
// beside a bare Node, in turns; medians, and the median of the ratios to the bare Node of the same round. Ends with 1 if
// the ratio of `meander --version` is above MAX_RATIO.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const experiment = fileURLToPath(new URL('../examples/gaussian.yaml', import.meta.url));
/** Most of the time of a bare Node that `meander --version` may take. */
const MAX_RATIO = 2;
const rounds = Number(process.argv[2] ?? 21);

const contenders: readonly { readonly name: string; readonly args: readonly string[] }[] = [
  { name: 'node -e 0', args: ['-e', '0'] },
  { name: 'meander --version', args: [main, '--version'] },
  { name: 'meander --help', args: [main, '--help'] },
  { name: 'meander sweep --help', args: [main, 'sweep', '--help'] },
  { name: 'meander theory', args: [main, 'theory', experiment] },
];

function milliseconds(args: readonly string[]): number {
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${String(status)}: ${stderr}`);
  return performance.now() - began;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

// The first round fills the caches of the file system.
const times = Array.from({ length: rounds + 1 }, () => contenders.map(({ args }) => milliseconds(args))).slice(1);
for (const [k, { name }] of contenders.entries()) {
  const own = median(times.map((round) => round[k]));
  const ratio = median(times.map((round) => round[k] / round[0]));
  console.log(`${name.padEnd(22)} ${own.toFixed(0).padStart(5)} ms   ${ratio.toFixed(2)} x node -e 0`);
  if (name === 'meander --version' && ratio > MAX_RATIO) process.exitCode = 1;
}
