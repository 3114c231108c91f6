/**
 * What `meander analyse` finds in synthetic recordings of which everything is known.
 *
 *   npx tsx --conditions=source bench/recordings.ts coverage [--recordings 300] [--only missing]
 *   npx tsx --conditions=source bench/recordings.ts events [--recordings 100]
 *   npx tsx --conditions=source bench/recordings.ts turning [--recordings 100] [--only rotation]
 *   npm run build; npx tsx --conditions=source bench/recordings.ts size
 *
 * `coverage`: how often 95% intervals of the population contain the truth, and how far off values are on average, in parts of their scatter.
 * `events`: how often a jump, a step of gain and two maps are named as such, and how often anything is named in clean recordings.
 * `turning`: the same for rates of turning, mean over planes and of each plane, and for the share of drift within the span.
 * `size`: time and memory of the built command line for 1,000 neurons, 100 stimuli, 20 sessions and 20 trials, read from a file.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { analyse, syntheticRecording, type AnalysisOptions, type Measured, type SyntheticOptions } from '#analyse';
import { npyBytes } from '#core';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { recordings: { type: 'string' }, only: { type: 'string', default: '' } },
});
const options: AnalysisOptions = { normalise: 'none', zeroIsMissing: false };
const days = (count: number): number[] => Array.from({ length: count }, (_, k) => k);

const base = { stimuli: 10, strength: 1, diffusion: 0.05, fluctuation: 0.1, directedSpeed: 0.1, noise: 1 };
const REGIMES: Readonly<Record<string, Omit<SyntheticOptions, 'seed'>>> = {
  '20 neurons, 4 sessions, 20 trials': { ...base, neurons: 20, times: days(4), trials: 20, directedSpeed: 0.3 },
  '20 neurons, 12 sessions, 3 trials': { ...base, neurons: 20, times: days(12), trials: 3 },
  '200 neurons, 4 sessions, 3 trials': { ...base, neurons: 200, times: days(4), trials: 3, directedSpeed: 0.3 },
  '200 neurons, 12 sessions, 20 trials': { ...base, neurons: 200, times: days(12), trials: 20 },
  '200 neurons, 12 sessions, 30% missing': { ...base, neurons: 200, times: days(12), trials: 20, missing: 0.3 },
  '200 neurons, unequal gaps': { ...base, neurons: 200, times: [0, 1, 2, 4, 7, 8, 12, 15], trials: 20 },
};

/** Of one kind of number. */
class Tally {
  #count = 0;
  #covered = 0;
  #sum = 0;
  #squares = 0;
  /** Recordings, of which some may not tell the number. */
  seen = 0;

  constructor(readonly truth: number) {}

  add({ value, interval95 }: Measured): void {
    this.seen++;
    if (value === null || !interval95) return;
    this.#count++;
    if (interval95[0] <= this.truth && this.truth <= interval95[1]) this.#covered++;
    this.#sum += value;
    this.#squares += value * value;
  }

  get count(): number {
    return this.#count;
  }

  row(): string {
    const mean = this.#sum / this.#count;
    const scatter = Math.sqrt(this.#squares / this.#count - mean * mean);
    return `${this.#count} of ${this.seen} | ${(this.#covered / this.#count).toFixed(3)} | ${((mean - this.truth) / scatter).toFixed(2)}`;
  }
}

/** Adds shares until so many recordings have told one, of up to fifteen times as many: noise may leave too little to tell it. */
function tellShare(tally: Tally, regime: Omit<SyntheticOptions, 'seed'>, recordings: number): void {
  for (let seed = 1; seed <= 15 * recordings && tally.count < recordings; seed++) {
    tally.add(analyse([syntheticRecording({ ...regime, seed })], options).similarityShare);
  }
}

function coverage(recordings: number): void {
  console.log('| regime | number | recordings | coverage | bias / scatter |\n| --- | --- | --- | --- | --- |');
  for (const [name, regime] of Object.entries(REGIMES).filter(([own]) => own.includes(values.only))) {
    const { times, strength, fluctuation, diffusion, directedSpeed } = regime;
    const mean = (power: number): number => times.reduce((sum, time) => sum + time ** power, 0) / times.length;
    const h2 = strength + fluctuation + diffusion * mean(1) + directedSpeed ** 2 * mean(2);
    const tallies = {
      F: new Tally(fluctuation),
      D: new Tally(diffusion),
      'D/‖h‖²': new Tally(diffusion / h2),
      '|v|²': new Tally(directedSpeed ** 2),
      '|v|': new Tally(directedSpeed),
      'share that keeps similarity, independent drift': new Tally(0),
      'share that keeps similarity, rotation': new Tally(1),
    };
    for (let seed = 1; seed <= recordings; seed++) {
      const { population } = analyse([syntheticRecording({ ...regime, seed })], options);
      tallies.F.add(population.fluctuation);
      tallies.D.add(population.diffusion);
      tallies['D/‖h‖²'].add(population.relativeDiffusion);
      tallies['|v|²'].add(population.quadratic);
      tallies['|v|'].add(population.directedSpeed);
    }
    // Similarity knows neither fluctuation nor directed drift of a rotation: both are left out.
    const turning = { ...regime, directedSpeed: 0 };
    tellShare(tallies['share that keeps similarity, independent drift'], turning, recordings);
    if (regime.missing === undefined) {
      const rotation = { ...turning, fluctuation: 0, drift: 'rotation' } as const;
      tellShare(tallies['share that keeps similarity, rotation'], rotation, recordings);
    }
    for (const [number, tally] of Object.entries(tallies)) {
      // Shares of which noise leaves too little have no interval, and are not counted.
      if (tally.count > 0) console.log(`| ${name} | ${number} | ${tally.row()} |`);
    }
  }
}

const inParts = ({ value, interval95 }: Measured, unit: number): Measured => ({
  value: value === null ? null : value / unit,
  se: null,
  interval95: interval95 && [interval95[0] / unit, interval95[1] / unit],
});

const turns = { ...base, neurons: 40, stimuli: 6, trials: 8, directedSpeed: 0, fluctuation: 0, times: days(10) };
const TURNING: Readonly<Record<string, Omit<SyntheticOptions, 'seed'>>> = {
  'rotation, 10 sessions': { ...turns, drift: 'rotation' },
  'rotation, 20 sessions': { ...turns, drift: 'rotation', diffusion: 0.02, times: days(20) },
  'rotation, 5 sessions': { ...turns, drift: 'rotation', times: days(5) },
  'rotation and fluctuation': { ...turns, drift: 'rotation', fluctuation: 0.1 },
  'rotation, unequal gaps': { ...turns, drift: 'rotation', fluctuation: 0.05, times: [0, 1, 2, 4, 7, 8, 12, 15] },
  'rotation, 5% missing': { ...turns, drift: 'rotation', neurons: 60, missing: 0.05 },
  'fluctuation, no drift': { ...turns, diffusion: 0, fluctuation: 0.1 },
};

/**
 * A random rotation by the fraction D dt of the squared length turns each of N - 1 planes of an axis by D/(N - 1); of n neurons that are seen of them
 * by (1 + N/n)/2 of that: what the others add to one axis is half turn, half shear. Numbers are in parts of the truth, or of D/N without drift.
 */
function turning(recordings: number): void {
  console.log('| regime | number | told | coverage | bias / scatter |\n| --- | --- | --- | --- | --- |');
  for (const [name, regime] of Object.entries(TURNING).filter(([own]) => own.includes(values.only))) {
    const truth = regime.diffusion > 0 ? 1 : 0;
    const tallies = {
      'mean rate': new Tally(truth),
      'rate of a plane': new Tally(truth),
      'share within': new Tally(1),
    };
    for (let seed = 1; seed <= recordings; seed++) {
      const [animal] = analyse([syntheticRecording({ ...regime, seed })], options).animals;
      const { rate, planes, neurons, withinSpan, withinSpanIfIsotropic } = animal.turning;
      const unit = ((regime.diffusion || base.diffusion) / (regime.neurons - 1)) * ((1 + regime.neurons / neurons) / 2);
      tallies['mean rate'].add(inParts(rate, unit));
      for (const plane of planes) tallies['rate of a plane'].add(inParts(plane.rate, unit));
      // Without drift it has no share anywhere.
      if (truth > 0) tallies['share within'].add(inParts(withinSpan, withinSpanIfIsotropic ?? NaN));
    }
    for (const [number, tally] of Object.entries(tallies)) {
      if (tally.count > 0) console.log(`| ${name} | ${number} | ${tally.row()} |`);
    }
  }
}

function events(recordings: number): void {
  const clean: SyntheticOptions = { ...base, neurons: 100, times: days(10), trials: 12, directedSpeed: 0, seed: 1 };
  const KINDS: Readonly<Record<string, Partial<SyntheticOptions>>> = {
    clean: {},
    'clean, 20 neurons': { neurons: 20 },
    'clean, 5 sessions, unequal gaps': { times: [0, 1, 3, 4, 8] },
    jump: { jump: { session: 5, size: 0.3 } },
    gainStep: { gains: days(10).map((s) => (s < 4 ? 1 : 1.25)) },
    twoMaps: { secondMap: [2, 3, 6, 9] },
  };
  console.log('| recordings | named | other names |\n| --- | --- | --- |');
  for (const [kind, change] of Object.entries(KINDS)) {
    let named = 0;
    const others = new Map<string, number>();
    for (let seed = 1; seed <= recordings; seed++) {
      const { warnings } = analyse([syntheticRecording({ ...clean, ...change, seed })], options);
      const names = warnings.map(({ name }) => name);
      if (names.includes(kind)) named++;
      for (const name of names) if (name !== kind) others.set(name, (others.get(name) ?? 0) + 1);
    }
    const list = Array.from(others, ([name, count]) => `${name} ${count}`).join(', ');
    console.log(`| ${recordings} ${kind} | ${kind.startsWith('clean') ? '' : named} | ${list} |`);
  }
}

/** Seconds and GB that the command may take for the largest recording. */
const [MAX_SECONDS, MAX_GIGABYTES] = [20, 2];

/** Lets the process write what it has used when it ends: µs of processor time, and KB of memory at most. */
const usageHook =
  'data:text/javascript,import { isMainThread } from "node:worker_threads"; import { writeSync } from "node:fs"; ' +
  'if (isMainThread) process.on("exit", () => writeSync(3, JSON.stringify(process.resourceUsage())));';

async function size(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'meander-'));
  try {
    const file = join(directory, 'large.npy');
    const large = { ...base, neurons: 1000, stimuli: 100, times: days(20), trials: 20, seed: 1 };
    const shape = [large.times.length, large.trials, large.stimuli, large.neurons];
    await writeFile(file, npyBytes('<f8', shape, Float64Array.from(syntheticRecording(large).values)));
    const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
    const declared = ['--axes', 'session,trial,stimulus,neuron', '--times', large.times.join(), '--unit', 'day'];
    const began = performance.now();
    const child = spawn(process.execPath, ['--import', usageHook, main, 'analyse', file, ...declared], {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    });
    const [messages, usage] = [child.stdio[2], child.stdio[3]];
    if (!messages || !usage || !('read' in usage)) throw new Error('no pipe');
    const [written, errors] = await Promise.all([text(usage), text(messages), once(child, 'close')]);
    if (child.exitCode !== 0) throw new Error(`meander analyse ended with ${child.exitCode}: ${errors}`);
    const wall = (performance.now() - began) / 1000;
    const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(written) as NodeJS.ResourceUsage;
    const seconds = (userCPUTime + systemCPUTime) / 1e6;
    const gigabytes = (1024 * maxRSS) / 1e9;
    console.log(
      `${shape.join(' x ')}: ${seconds.toFixed(1)} s of processor time (goal ${MAX_SECONDS}), ${wall.toFixed(1)} s,`,
    );
    console.log(`${gigabytes.toFixed(2)} GB of memory (goal ${MAX_GIGABYTES})`);
    if (seconds > MAX_SECONDS || gigabytes > MAX_GIGABYTES) process.exitCode = 1;
  } finally {
    await rm(directory, { recursive: true });
  }
}

const [study] = positionals;
if (study === 'coverage') coverage(Number(values.recordings ?? '300'));
else if (study === 'events') events(Number(values.recordings ?? '100'));
else if (study === 'turning') turning(Number(values.recordings ?? '100'));
else if (study === 'size') await size();
else throw new Error('which study? coverage, events, turning or size');
