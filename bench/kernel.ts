/**
 * Steps per second of the kernel, of the readable step and of the peers that are installed, in one interleaved run:
 *
 *   npx tsx --conditions=source bench/kernel.ts [--json] [--rounds 7] [--seconds 0.25]
 *
 * A replica-step is: draw x, forward, backward, update, for one replica. Speeds drift with the load and the temperature
 * of the machine, so contenders take turns, and ratios are taken within a round; their spread is given by the quartiles
 * of the rounds. The best speed is the one that a machine doing nothing else would show.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { installedPeers, workers, type Contender } from './contenders.js';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '0.25' },
  },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const cores = Math.min(2, availableParallelism());
/** Steps are dealt in blocks of this many, the block of the peers. */
const BLOCK = 32;

const sizes = [
  { n: 4, p: 4 },
  { n: 10, p: 10 },
  { n: 10, p: 100 },
];

interface Entry {
  readonly contender: Contender;
  readonly threads: number;
  readonly n: number;
  readonly p: number;
  readonly steps: number;
  /** Million replica-steps per second, one of each round. */
  readonly rates: number[];
}

async function rate({ contender, threads, n, p }: Omit<Entry, 'steps' | 'rates'>, steps: number): Promise<number> {
  const replicas = contender.replicas * threads;
  const taken = await contender.measure({ n, p, threads, replicas, steps });
  return (replicas * steps) / taken / 1e6;
}

/** An entry whose number of steps takes about `seconds`. The first trial compiles. */
async function calibrated(contender: Contender, threads: number, n: number, p: number): Promise<Entry> {
  const entry = { contender, threads, n, p };
  let steps = BLOCK;
  await rate(entry, steps);
  for (;;) {
    const speed = await rate(entry, steps);
    const target = Math.max(1, Math.round((speed * 1e6 * seconds) / (contender.replicas * threads * BLOCK))) * BLOCK;
    if (target < 4 * steps) return { ...entry, steps: target, rates: [] };
    steps *= 4;
  }
}

const sorted = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);
const median = (numbers: readonly number[]): number => sorted(numbers)[Math.floor(numbers.length / 2)];

interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** Median and quartiles over the rounds of a / b. */
function ratio(a: Entry, b: Entry): Spread {
  const ratios = sorted(a.rates.map((value, round) => value / b.rates[round]));
  const quarter = Math.floor(ratios.length / 4);
  return { median: median(ratios), low: ratios[quarter], high: ratios[ratios.length - 1 - quarter] };
}

async function run(): Promise<void> {
  const contenders = [
    workers('kernel, f64', 'f64', cores),
    workers('kernel, f32', 'f32', cores),
    workers('reference step', 'reference', cores),
    ...installedPeers(),
  ];
  const report = [];
  for (const { n, p } of sizes) {
    const entries: Entry[] = [];
    for (const contender of contenders) {
      for (let threads = 1; threads <= (contender.parallel ? cores : 1); threads++) {
        entries.push(await calibrated(contender, threads, n, p));
      }
    }
    for (let round = 0; round < rounds; round++) {
      for (const entry of entries) entry.rates.push(await rate(entry, entry.steps));
    }
    report.push({ n, p, results: summary(entries) });
    if (!values.json) print(n, p, entries);
  }
  for (const contender of contenders) contender.close();
  if (values.json)
    console.log(JSON.stringify({ unit: 'million replica-steps per second', cores, rounds, sizes: report }));
}

/** The f64 kernel on as many threads, or on all where the contender itself knows only one. */
const yardstick = (entries: readonly Entry[], { contender, threads }: Entry): Entry | undefined =>
  entries.find(
    (entry) => entry.contender.name === 'kernel, f64' && entry.threads === (contender.parallel ? threads : cores),
  );

const summary = (entries: readonly Entry[]): object[] =>
  entries.map((entry) => {
    const { contender, threads, rates } = entry;
    const kernel = yardstick(entries, entry);
    const single = entries.find((other) => other.contender === contender && other.threads === 1);
    return {
      name: contender.name,
      threads,
      rate: median(rates),
      best: Math.max(...rates),
      rates,
      kernelRatio: kernel && ratio(kernel, entry),
      scaling: single && ratio(entry, single),
    };
  });

function print(n: number, p: number, entries: readonly Entry[]): void {
  const show = ({ median: middle, low, high }: Spread): string =>
    `${middle.toFixed(2)} (${low.toFixed(2)} - ${high.toFixed(2)})`.padEnd(22);
  console.log(`\nn = m = ${n}, p = ${p}; million replica-steps per second`);
  console.log(`${'contender'.padEnd(18)}threads    speed     best   kernel f64 / it       against one thread`);
  for (const entry of entries) {
    const { contender, threads, rates } = entry;
    const kernel = yardstick(entries, entry);
    const single = entries.find((other) => other.contender === contender && other.threads === 1);
    const speeds = [median(rates), Math.max(...rates)].map((speed) => speed.toPrecision(3).padStart(8)).join(' ');
    const columns = [kernel && ratio(kernel, entry), threads > 1 && single ? ratio(entry, single) : undefined];
    const spreads = columns.map((spread) => (spread ? show(spread) : '')).join('');
    console.log(`${contender.name.padEnd(18)}${String(threads).padStart(7)} ${speeds}   ${spreads}`.trimEnd());
  }
}

await run();
