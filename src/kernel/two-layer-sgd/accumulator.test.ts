import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { InvalidInputError } from '#core';
import { exponential, fromData, identity, multiply, zeros, type Matrix } from '#linalg';
import {
  MeasurementContext,
  ReferenceAccumulator,
  type Accumulator,
  type FrameMeasurement,
  type Measurement,
  type SampleSums,
} from '#measure';
import { haarFrame, inputDistribution, gaussianPart, readoutOf, type Model, type State } from '#model';
import { generator } from '#random';
import type { Kernel, Precision } from '../index.js';
import { loadKernel } from '../load.node.js';
import { createTwoLayerStepper } from './stepper.js';

let kernel: Kernel;
beforeAll(async () => {
  kernel = await loadKernel();
});

interface Shape {
  readonly n: number;
  readonly m: number;
  readonly rank: number;
  /** Hidden units beyond the rank. */
  readonly more: number;
  readonly probes: number;
  readonly planes: boolean;
  readonly batchSize: number;
  readonly precision: Precision;
  readonly replicas: number;
  /** How far the states of replica i lie from the manifold: entry i of these, which are gone through in turn. */
  readonly departures: readonly number[];
  readonly seed: number;
}

/** Numbers uniform on (-size, size), some of them zero. */
function noise(seed: number, rows: number, cols: number, size: number, zeroed = 0): Matrix {
  const source = generator(seed, 0, 'start');
  const value = (): number => (source.uniform() < zeroed ? 0 : size * (2 * source.uniform() - 1));
  return fromData(rows, cols, Float64Array.from({ length: rows * cols }, value));
}

function measurementOf({ n, m, rank, probes, planes, seed }: Shape): Measurement & { frame: FrameMeasurement } {
  const theta = noise(seed, rank, n + m, 0.2, 0.4);
  for (let a = 0; a < rank; a++) theta.data[a * (n + m + 1)] += 1;
  const count = (rank * (rank - 1)) / 2;
  return {
    probes,
    frame: {
      referencePoint: [theta],
      rank,
      directions: planes
        ? Int32Array.from({ length: Math.min(3, count) }, (_, i) => count - 1 - i)
        : noise(seed + 2, count, 2, 1, 0.5),
      driftDirections: zeros(probes, rank),
    },
    lag: 1,
    samples: 5,
    courseSamples: new Int32Array(),
    trajectorySamples: new Int32Array(),
  };
}

/** A kernel stepper with its accumulator, and the reference accumulator of the same states. */
function bothAccumulators(shape: Shape, numbers: readonly number[]) {
  const { n, m, rank, more, batchSize, precision, departures, seed } = shape;
  const measurement = measurementOf(shape);
  const stimuli = noise(seed + 1, shape.probes, n, 1, 0.3);
  const [referencePoint] = measurement.frame.referencePoint;
  const units = rank + more;
  const model: Model = {
    hiddenUnits: units,
    target: noise(seed + 3, m, n, 1),
    input: inputDistribution(
      n,
      [gaussianPart(0.7, identity(n))],
      [{ probability: 0.3, stimulus: noise(seed, 1, n, 1).data }],
    ),
    learningRate: 0.02,
    weightDecay: 0.1,
    labelNoiseVariance: 0.3,
    batchSize,
  };
  const starts = numbers.map((replica) => {
    const theta = multiply(haarFrame(seed, replica, units, rank), referencePoint);
    const departure = noise(seed + 4 + replica, units, n + m, departures[replica % departures.length]);
    return [
      fromData(
        units,
        n + m,
        theta.data.map((value, at) => value + departure.data[at]),
      ),
    ];
  });
  const stepper = createTwoLayerStepper(kernel, precision, model, seed, numbers, starts);
  const context = (): MeasurementContext<State> =>
    new MeasurementContext(measurement, readoutOf(model, units, stimuli, { referencePoint: [referencePoint] }));
  const own = context();
  const { frame } = own;
  const fast = stepper.accumulator(own, stimuli);
  if (!frame || !fast) throw new Error('the measurement follows a frame');
  const theta = zeros(units, n + m);
  return {
    stepper,
    context: own,
    frame,
    fast,
    readable: new ReferenceAccumulator<State>(context(), numbers.length, (replica) => {
      stepper.read(replica, [theta]);
      return [theta];
    }),
  };
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

/** Takes a sample of every replica; the message of what was thrown, if anything. */
function sampleAll(accumulator: Accumulator, replicas: number, isFirst: boolean): string | null {
  try {
    for (let group = 0; group * accumulator.groupSize < replicas; group++) accumulator.add(group, isFirst);
    return null;
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidInputError);
    return (error as InvalidInputError).message;
  }
}

/** All that is kept of a replica; + 0 makes zeros equal. */
function kept(accumulator: Accumulator, replica: number, { reading }: MeasurementContext<State>): Float64Array {
  accumulator.read(replica, reading);
  return reading.data.map((value) => value + 0);
}

/** Changes the frame of a replica. */
function change(
  accumulator: Accumulator,
  replica: number,
  { reading }: MeasurementContext<State>,
  alter: (sums: SampleSums) => void,
): void {
  accumulator.read(replica, reading);
  alter(reading);
  accumulator.write(replica, reading);
}

const shapes = fc
  .record({
    n: fc.integer({ min: 1, max: 6 }),
    m: fc.integer({ min: 1, max: 6 }),
    rank: fc.integer({ min: 1, max: 6 }),
    more: fc.integer({ min: 0, max: 3 }),
    probes: fc.integer({ min: 1, max: 6 }),
    planes: fc.boolean(),
    batchSize: fc.integer({ min: 1, max: 3 }),
    precision: fc.constantFrom<Precision>('f64', 'f32'),
    replicas: fc.integer({ min: 1, max: 6 }),
    departures: fc.array(fc.constantFrom(0, 1e-9, 1e-4, 0.02, 0.2, 1), { minLength: 1, maxLength: 3 }),
    seed: fc.nat(1e6),
  })
  .filter(({ rank, n, m }) => rank <= n + m);

describe('the accumulator of the kernel', () => {
  it('keeps the bits of the reference implementation, near and far', () => {
    const seen = { states: 0, far: 0, increments: 0, large: 0, reflected: 0 };
    const turns = fc.constantFrom(0, 0.05, 0.6, 3);
    fc.assert(
      fc.property(shapes, turns, (shape, angle) => {
        const { replicas, rank, more, seed } = shape;
        const { stepper, fast, readable, context, frame } = bothAccumulators(shape, range(0, replicas));
        const project = vi.spyOn(frame.readout, 'project');
        const rotation = vi.spyOn(frame.increments, 'rotation');
        for (let sample = 0; sample < 4; sample++) {
          stepper.advance(7);
          const outcome = sampleAll(readable, replicas, sample === 0);
          expect(sampleAll(fast, replicas, sample === 0)).toBe(outcome);
          seen.states += replicas;
          seen.increments += sample === 0 ? 0 : replicas;
          expect(outcome).toBeNull();
          for (let replica = 0; replica < replicas; replica++) {
            expect(kept(fast, replica, context)).toEqual(kept(readable, replica, context));
            if (sample === 3) seen.reflected += kept(fast, replica, context).at(-1) ?? 0;
            // The frame is turned, so that the next increment is as large as that.
            const half = noise(seed + sample + replica, rank, rank, angle);
            const omega = half.data.map(
              (_, at) => half.data[at] - half.data[(at % rank) * rank + Math.floor(at / rank)],
            );
            const turn = exponential(fromData(rank, rank, omega));
            for (const accumulator of [fast, readable]) {
              change(accumulator, replica, context, (sums) => {
                sums.frame.set(multiply(turn, fromData(rank, rank + more, sums.frame.slice())).data);
              });
            }
          }
        }
        seen.far += project.mock.calls.length;
        seen.large += rotation.mock.calls.length;
      }),
      { numRuns: 200, seed: 1 },
    );
    // The kernel finds much by itself, and not all.
    expect(seen.far).toBeGreaterThan(0.05 * seen.states);
    expect(seen.far).toBeLessThan(0.6 * seen.states);
    expect(seen.large).toBeGreaterThan(0.1 * seen.increments);
    expect(seen.large).toBeLessThan(0.7 * seen.increments);
    expect(seen.reflected).toBeGreaterThan(0);
  });

  it('keeps the same of a replica whatever its lane and its partner', () => {
    const recorded = (shape: Shape, numbers: readonly number[]): (Float64Array | null)[] => {
      if (numbers.length === 0) return [];
      const { stepper, fast, context } = bothAccumulators(shape, numbers);
      for (let sample = 0; sample < 3; sample++) {
        stepper.advance(5);
        if (sampleAll(fast, numbers.length, sample === 0) !== null) return numbers.map(() => null);
      }
      return numbers.map((_, i) => kept(fast, i, context));
    };
    fc.assert(
      fc.property(shapes, fc.nat(5), (shape, at) => {
        const split = at % shape.replicas;
        const whole = recorded(shape, range(0, shape.replicas));
        fc.pre(!whole.includes(null));
        expect([...recorded(shape, range(0, split)), ...recorded(shape, range(split, shape.replicas))]).toEqual(whole);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  const shape: Shape = {
    n: 3,
    m: 2,
    rank: 2,
    more: 0,
    probes: 2,
    planes: false,
    batchSize: 1,
    precision: 'f64',
    replicas: 3,
    departures: [0.02],
    seed: 5,
  };
  const three = range(0, 3);

  it('continues from the sums of another', () => {
    const whole = bothAccumulators(shape, three);
    const taken = bothAccumulators(shape, three);
    whole.stepper.advance(5);
    expect(sampleAll(whole.fast, 3, true)).toBeNull();
    taken.stepper.restore(whole.stepper.save());
    for (const replica of three) {
      whole.fast.read(replica, taken.context.reading);
      taken.fast.write(replica, taken.context.reading);
    }
    for (const { stepper, fast } of [whole, taken]) {
      stepper.advance(5);
      expect(sampleAll(fast, 3, false)).toBeNull();
    }
    const of = ({ fast, context }: typeof whole): Float64Array[] => three.map((i) => kept(fast, i, context));
    expect(of(taken)).toEqual(of(whole));
  });

  it.each<Precision>(['f64', 'f32'])(
    'tells of replicas that diverged, and counts the increments in which a mode changed its sign, in %s',
    (precision) => {
      const outcomes = (spoil: (replica: number) => 'diverges' | 'reflected' | null): (string | null)[] => {
        const { stepper, fast, readable, context } = bothAccumulators({ ...shape, precision }, three);
        expect([sampleAll(fast, 3, true), sampleAll(readable, 3, true)]).toEqual([null, null]);
        for (const replica of three) {
          const theta = zeros(2, 5);
          stepper.read(replica, [theta]);
          if (spoil(replica) === 'diverges') stepper.restore(withNaN(stepper.save(), theta.data[0], precision));
          if (spoil(replica) !== 'reflected') continue;
          for (const accumulator of [fast, readable]) {
            change(accumulator, replica, context, ({ frame }) => {
              frame.set(frame.slice(0, 2).map((value) => -value));
            });
          }
        }
        const found = [sampleAll(fast, 3, false), sampleAll(readable, 3, false)];
        reflections = [fast, readable].map((accumulator) =>
          three.map((replica) => kept(accumulator, replica, context).at(-1)),
        );
        return found;
      };
      let reflections: unknown[] = [];
      const diverged = expect.stringContaining('diverged') as string;
      expect(outcomes(() => null)).toEqual([null, null]);
      expect(outcomes((replica) => (replica === 1 ? 'diverges' : null))).toEqual([diverged, diverged]);
      expect(outcomes((replica) => (replica === 1 ? null : 'reflected'))).toEqual([null, null]);
      expect(reflections).toEqual([
        [1, 0, 1],
        [1, 0, 1],
      ]);
      expect(outcomes((replica) => (replica === 0 ? 'diverges' : 'reflected'))).toEqual([diverged, diverged]);
    },
  );
});

/** The state of a stepper with NaN in the place of a weight. */
function withNaN(saved: Uint8Array, weight: number, precision: Precision): Uint8Array {
  const bytes = saved.slice();
  const numbers = precision === 'f64' ? new Float64Array(bytes.buffer) : new Float32Array(bytes.buffer);
  const at = numbers.indexOf(weight);
  expect(at).toBeGreaterThan(0);
  numbers[at] = NaN;
  return bytes;
}
