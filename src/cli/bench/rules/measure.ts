import { createKernelSteppers, type Kernel } from '#kernel';
import { loadKernel } from '#kernel/node';
import { createReferenceStepper, definitionOf, ruleOf, type CreateStepper, type RuleModel, type Stepper } from '#model';
import type { Io } from '../../io.js';
import { ruleModels, type RuleSize } from './cases.js';
import { rulePeers, type RulePeer } from './peers.js';
import { sampleTime } from './sample-time.js';
import { medianOf, repetitions, seconds, TURN } from './timing.js';

/** Two vectors of 512 bits. */
const REPLICAS = 16;
/** Inputs up to which samples are timed: losses take n^3 multiplications. */
const MAX_SAMPLED = 100;
/** Steps of the programs by hand are dealt in blocks. */
const BLOCK = 32;

/** One way to make the steps of a rule. */
interface RuleSpeed {
  readonly name: string;
  /** Million replica-steps per second of processor time in the best round. */
  readonly best: number;
  /** Medians over the rounds of WebAssembly, and of the native kernel where it is built, over this. */
  readonly wasmRatio: number;
  readonly nativeRatio: number | null;
}

export interface RuleSpeeds extends RuleSize {
  readonly rule: string;
  /** Numbers in a state, that a step changes. */
  readonly weights: number;
  readonly results: readonly RuleSpeed[];
  /** Microseconds of one sample of the measurement; null where that takes many seconds. */
  readonly sampleTime: number | null;
}

/** What makes steps; rates are replica-steps per second of processor time. */
interface Entry {
  readonly name: string;
  readonly rate: () => Promise<number>;
  readonly rates: number[];
}

/**
 * Speeds of the step of every built-in rule on one thread, at each of some sizes: compiled, native where that
 * is built, readable, and by hand in C and Numba where these are installed. They take turns within each round.
 */
export async function measureRules(
  sizes: readonly RuleSize[],
  rounds: number,
  env: Io['env'],
  finished: (speeds: RuleSpeeds) => void,
): Promise<{ readonly rules: RuleSpeeds[]; readonly missing: readonly string[] }> {
  const wasm = await loadKernel({ ...env, MEANDER_KERNEL: 'wasm' });
  const built = await loadKernel({ ...env, MEANDER_KERNEL: '' });
  const { found: peers, missing } = rulePeers(env);
  const all: RuleSpeeds[] = [];
  try {
    for (const size of sizes) {
      for (const model of ruleModels(size)) {
        const speeds = await measureRule(model, size, rounds, { wasm, native: built.native ? built : null, peers });
        all.push(speeds);
        finished(speeds);
      }
    }
  } finally {
    await Promise.all(peers.map((peer) => peer.close()));
  }
  return { rules: all, missing };
}

interface Contenders {
  readonly wasm: Kernel;
  readonly native: Kernel | null;
  readonly peers: readonly RulePeer[];
}

async function measureRule(
  model: RuleModel & { readonly rule: string },
  size: RuleSize,
  rounds: number,
  { wasm, native, peers }: Contenders,
): Promise<RuleSpeeds> {
  const replicas = Array.from({ length: REPLICAS }, (_, i) => i);
  const near =
    definitionOf(model)?.nearFixedPoint(model) ?? ruleOf(model).start(model, { random: 0.1 }, { seed: 1, replica: 0 });
  const made = (create: CreateStepper): Stepper =>
    create(
      model,
      1,
      replicas,
      replicas.map(() => near),
    );
  const compiled = made(createKernelSteppers(wasm, 'f64'));
  const ofWasm = stepperEntry('WebAssembly, 128 bits', compiled);
  const ofNative = native
    ? stepperEntry(`native, ${native.native?.width ?? 0} bits`, made(createKernelSteppers(native, 'f64')))
    : null;
  const others = [stepperEntry('readable', made(createReferenceStepper))];
  // Those of two-layer SGD take their turns in `meander bench`.
  if (model.rule !== 'sgd') for (const peer of peers) others.push(await peerEntry(peer, model.rule, size));
  const entries = [ofWasm, ...(ofNative ? [ofNative] : []), ...others];
  for (let round = 0; round < rounds; round++) for (const { rate, rates } of entries) rates.push(await rate());
  const ratio = (a: Entry, b: Entry): number => medianOf(a.rates.map((rate, round) => rate / b.rates[round]));
  return {
    ...size,
    rule: model.rule,
    weights: near.reduce((sum, { data }) => sum + data.length, 0),
    results: entries.map((entry) => ({
      name: entry.name,
      best: Math.max(...entry.rates) / 1e6,
      wasmRatio: ratio(ofWasm, entry),
      nativeRatio: ofNative && ratio(ofNative, entry),
    })),
    sampleTime: size.n > MAX_SAMPLED ? null : sampleTime(model, near, compiled, rounds),
  };
}

function stepperEntry(name: string, stepper: Stepper): Entry {
  const steps = repetitions((count) => {
    stepper.advance(count);
  });
  const advance = (): void => {
    stepper.advance(steps);
  };
  return { name, rate: () => Promise.resolve((REPLICAS * steps) / seconds(advance)), rates: [] };
}

async function peerEntry(peer: RulePeer, rule: string, { n, k }: RuleSize): Promise<Entry> {
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
