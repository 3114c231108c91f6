/**
 * The step of every built-in rule beside two-layer SGD: compiled and readable, in turns, in processor time of one
 * thread, for Oja's rule and similarity matching beside programs by hand in C and Numba where these are installed; and what
 * one sample of the measurement takes.
 *
 *   npx tsx --conditions=source bench/rules.ts [--rounds 15]        (PYTHON=/usr/bin/python3 chooses an interpreter)
 */
import { parseArgs } from 'node:util';
import { createKernelSteppers } from '#kernel';
import { loadKernel } from '#kernel/node';
import { diagonal, identity, sliceRows, zeros, type Matrix } from '#linalg';
import {
  createReferenceStepper,
  definitionOf,
  gaussianPart,
  inputDistribution,
  readoutOf,
  ruleOf,
  type InputDistribution,
  type RuleModel,
  type Stepper,
} from '#model';
import { installedRulePeers, peerRules, type RulePeer } from './rule-peers.js';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '15' } } });
const rounds = Number(values.rounds);
/** Seconds of one turn. */
const TURN = 0.05;
const REPLICAS = 16;
/** Steps of the programs by hand are dealt in blocks. */
const BLOCK = 32;
const PROBES = 3;

const input = (n: number): InputDistribution =>
  inputDistribution(
    n,
    [gaussianPart(1, diagonal(Float64Array.from({ length: n }, (_, i) => 1.6 - (1.2 * i) / n)))],
    [],
  );

/** n inputs and k outputs or hidden units. */
const sizes = [
  { n: 5, k: 3 },
  { n: 20, k: 10 },
  { n: 100, k: 20 },
];

const models = (n: number, k: number): RuleModel[] => {
  const common = { input: input(n), learningRate: 0.05 / (n * k) };
  const outputs = { outputs: k, ...common };
  const task = { target: identity(n), weightDecay: 0.1, labelNoiseVariance: 0.1, batchSize: 1, ...common };
  return [
    { rule: 'oja', ...outputs },
    { rule: 'sanger', ...outputs },
    { rule: 'similarityMatching', ...{ tau: 0.5 }, ...outputs },
    { rule: 'maskedSimilarityMatching', ...{ tau: 0.5 }, ...outputs },
    { rule: 'deepLinear', ...{ hiddenLayers: [k, k] }, ...task },
  ];
};

const sorted = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);
const median = (numbers: readonly number[]): number => sorted(numbers)[Math.floor(numbers.length / 2)];

/** Seconds of processor time. */
function seconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Times that the work is repeated in about the time of one turn; what it takes to get fast is over then. */
function repetitions(work: (count: number) => void): number {
  for (let count = 1; ; count *= 2) {
    const taken = seconds(() => {
      work(count);
    });
    if (taken > TURN / 2) return Math.ceil((count * TURN) / taken);
  }
}

const create = createKernelSteppers(await loadKernel(), 'f64');
const text = (value: number): string => (value < 100 ? value.toPrecision(2) : value.toFixed(0));

const peers = installedRulePeers();

/** What makes steps: a stepper of this package, or a program beside it; rates are replica-steps per second of processor time. */
interface Entry {
  readonly name: string;
  readonly rate: () => Promise<number>;
  readonly rates: number[];
}

const stepperEntry = (name: string, stepper: Stepper): Entry => {
  const steps = repetitions((count) => {
    stepper.advance(count);
  });
  const advance = (): void => {
    stepper.advance(steps);
  };
  return { name, rate: () => Promise.resolve((REPLICAS * steps) / seconds(advance)), rates: [] };
};

async function peerEntry(peer: RulePeer, rule: string, n: number, k: number): Promise<Entry> {
  const measure = (steps: number): Promise<number> => peer.measure({ rule, n, k, replicas: REPLICAS, steps });
  // The first call may compile.
  await measure(BLOCK);
  let steps = BLOCK;
  let taken = await measure(steps);
  while (taken < TURN / 2) {
    steps *= 4;
    taken = await measure(steps);
  }
  steps = Math.max(1, Math.round((steps * TURN) / taken / BLOCK)) * BLOCK;
  return { name: peer.name, rate: async () => (REPLICAS * steps) / (await measure(steps)), rates: [] };
}

for (const { n, k } of sizes) {
  console.log(`n = ${n}, k = ${k}: million replica-steps per second, best round; median ratio; microseconds a sample`);
  for (const model of models(n, k)) {
    const rule = ruleOf(model);
    const replicas = Array.from({ length: REPLICAS }, (_, i) => i);
    const near: readonly Matrix[] = definitionOf(model)?.nearFixedPoint(model) ?? [];
    const starts = replicas.map(() => near);
    const stepper = create(model, 1, replicas, starts);
    const compiled = stepperEntry('compiled', stepper);
    const readable = stepperEntry('readable', createReferenceStepper(model, 1, replicas, starts));
    const others: Entry[] = [];
    if (peerRules.includes(model.rule ?? '')) {
      for (const peer of peers) others.push(await peerEntry(peer, model.rule ?? '', n, k));
    }
    const entries = [compiled, readable, ...others];
    for (let round = 0; round < rounds; round++) {
      for (const { rate, rates } of entries) rates.push(await rate());
    }
    const best = ({ rates }: Entry): string => text(Math.max(...rates) / 1e6);
    const ratio = (entry: Entry): number => median(compiled.rates.map((rate, round) => rate / entry.rates[round]));
    const columns = [
      rule.name.padEnd(25),
      best(compiled).padStart(6),
      best(readable).padStart(8),
      ratio(readable).toFixed(1).padStart(6),
      sampleTime(model, near, stepper).padStart(6),
    ];
    console.log(columns.join(' '));
    for (const other of others) {
      console.log(`  ${other.name.padEnd(23)} ${best(other).padStart(6)}  compiled / it ${ratio(other).toFixed(2)}`);
    }
  }
}
for (const peer of peers) peer.close();

/** Representations of the probes, losses, and the frame where the rule has a symmetry. */
function sampleTime(model: RuleModel, reference: readonly Matrix[], stepper: Stepper): string {
  const rule = ruleOf(model);
  const units = rule.units(model, reference);
  const hasFrame = rule.symmetry(model).length > 0;
  const probes = sliceRows(identity(model.input.size), 0, PROBES);
  const readout = readoutOf(model, units, probes, hasFrame ? { referencePoint: reference } : null);
  const state = reference.map(({ rows, cols }) => zeros(rows, cols));
  stepper.read(0, state);
  const hidden = new Float64Array(PROBES * units);
  const frame = new Float64Array(units * units);
  const sample = (): void => {
    readout.represent(hidden, state);
    readout.losses(state);
    readout.frame?.project(frame, state);
  };
  const many = (count: number): void => {
    for (let i = 0; i < count; i++) sample();
  };
  const count = repetitions(many);
  const times = Array.from(
    { length: rounds },
    () =>
      seconds(() => {
        many(count);
      }) / count,
  );
  return text(1e6 * Math.min(...times));
}
