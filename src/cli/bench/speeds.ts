import { availableParallelism } from 'node:os';
import { describeKernel } from '#kernel/node';
import type { Io } from '../io.js';
import { peers, workers, type Contender } from './contenders.js';

/** How long to measure. */
interface Effort {
  /** Turns that every contender takes. */
  readonly rounds: number;
  /** Seconds of one turn. */
  readonly seconds: number;
}

/** A ratio over the rounds: its median and quartiles. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

interface Speed {
  readonly name: string;
  readonly threads: number;
  /** Million replica-steps per second: median of the rounds, and the best, which an idle machine would show. */
  readonly rate: number;
  readonly best: number;
  readonly rates: readonly number[];
  /** Speed of the f64 kernel on as many threads over that of this contender. */
  readonly kernelRatio: Spread | null;
  /** The same of the native kernel; null where it is not built. */
  readonly nativeRatio: Spread | null;
  /** Speed over that of the same contender on one thread. */
  readonly scaling: Spread | null;
}

export interface SizeSpeeds {
  readonly n: number;
  readonly p: number;
  readonly results: readonly Speed[];
}

/** The speeds at every size, and the peers that could not be measured. */
interface Speeds {
  readonly sizes: SizeSpeeds[];
  readonly missing: readonly string[];
}

const KERNEL = 'kernel, f64';

/** Steps are dealt in blocks of this many, the block of the peers. */
const BLOCK = 32;

const sizes = [
  { n: 4, p: 4 },
  { n: 10, p: 10 },
  { n: 10, p: 100 },
];

/**
 * Steps per second of the kernel, of the readable step and of the peers that are installed, in one interleaved run. A
 * replica-step is: draw x, forward, backward, update, for one replica. Speeds drift with the load and the temperature of a
 * machine, so contenders take turns, and ratios are taken within a round.
 */
export async function measureSpeeds(
  { rounds, seconds }: Effort,
  env: Io['env'],
  finished: (size: SizeSpeeds) => void,
): Promise<Speeds> {
  const cores = Math.min(2, availableParallelism());
  const native = describeKernel({ ...env, MEANDER_KERNEL: '' });
  const isNative = native.startsWith('native');
  const { found, missing } = peers(env);
  const contenders = [
    workers(KERNEL, 'f64', cores),
    workers('kernel, f32', 'f32', cores),
    ...(isNative ? [workers(`${native}, f64`, 'native64', cores), workers(`${native}, f32`, 'native32', cores)] : []),
    workers('reference step', 'reference', cores),
    ...found,
  ];
  // As experiments are run; the same as f64 where there are no more hidden units than inputs and outputs.
  const reduced = [
    workers('kernel, f64, hidden units reduced', 'reduced', cores),
    ...(isNative ? [workers(`${native}, f64, hidden units reduced`, 'nativeReduced', cores)] : []),
  ];
  const report: SizeSpeeds[] = [];
  try {
    for (const { n, p } of sizes) {
      const entries: Entry[] = [];
      for (const contender of p > 2 * n ? [...contenders, ...reduced] : contenders) {
        for (let threads = 1; threads <= (contender.parallel ? cores : 1); threads++) {
          entries.push(await calibrated(contender, threads, n, p, seconds));
        }
      }
      for (let round = 0; round < rounds; round++) {
        for (const entry of entries) entry.rates.push(await rate(entry, entry.steps));
      }
      const size = { n, p, results: entries.map((entry) => summary(entries, entry, cores)) };
      report.push(size);
      finished(size);
    }
  } finally {
    await Promise.all([...contenders, ...reduced].map((contender) => contender.close()));
  }
  return { sizes: report, missing };
}

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
async function calibrated(
  contender: Contender,
  threads: number,
  n: number,
  p: number,
  seconds: number,
): Promise<Entry> {
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

/** Median and quartiles over the rounds of a / b. */
function ratio(a: Entry, b: Entry): Spread {
  const ratios = sorted(a.rates.map((value, round) => value / b.rates[round]));
  const quarter = Math.floor(ratios.length / 4);
  return { median: median(ratios), low: ratios[quarter], high: ratios[ratios.length - 1 - quarter] };
}

function summary(entries: readonly Entry[], entry: Entry, cores: number): Speed {
  const { contender, threads, rates } = entry;
  // A contender that knows one thread only is held against all of the kernel's.
  const against = (isMeant: (name: string) => boolean): Spread | null => {
    const other = entries.find(
      (each) => isMeant(each.contender.name) && each.threads === (contender.parallel ? threads : cores),
    );
    return other ? ratio(other, entry) : null;
  };
  const single = entries.find((other) => other.contender === contender && other.threads === 1);
  return {
    name: contender.name,
    threads,
    rate: median(rates),
    best: Math.max(...rates),
    rates,
    kernelRatio: against((name) => name === KERNEL),
    nativeRatio: against((name) => name.startsWith('native') && name.endsWith('f64')),
    scaling: single && threads > 1 ? ratio(entry, single) : null,
  };
}
