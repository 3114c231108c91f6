import { epochSize, type RuleModel, type State } from '#model';
import type { KernelInstance } from '../instance.js';
import { placeDistribution } from '../place-distribution.js';
import { EpochInputs } from './epoch-inputs.js';
import type { StepProgram } from './program/step-program.js';

/** Bytes of a number. */
const NUMBER = 8;
/** The random streams of so many replicas lie together. */
const QUAD = 4;
/** Steps drawn at once: enough to spread the cost of a block, few enough that its normals stay in the cache. */
const BLOCK_STEPS = 128;
/** Bytes of a block for each replica in a vector. */
const BLOCK_BYTES = 16384;

/** Where replicas and what their steps take lie in the memory of a kernel. */
export interface Place {
  /** Replicas in a vector; all of them, with those that only fill the last vectors. */
  readonly width: number;
  readonly lanes: number;
  /** Vectors that hold replicas. */
  readonly groups: number;
  /** Address of the states, one after the other in vectors of `stateSize` numbers. */
  readonly states: number;
  readonly stateSize: number;
  /** Most steps that are made at once. */
  readonly blockSteps: number;
  /** Vectors of normals that a step takes, and a sample of it; their factors. */
  readonly normals: number;
  readonly sampleNormals: number;
  readonly deviations: number;
  /** Address of the normals of a block for two vectors, with the bytes from one to the other; of the inputs of a vector. */
  readonly drawn: number;
  readonly gap: number;
  readonly inputs: number;
  /** Inputs of a sample, and samples of a step, where inputs are drawn before the step. */
  readonly inputSize: number;
  readonly batch: number;
  readonly isPresented: boolean;
  readonly epochs: EpochInputs | null;
}

/** Makes steps of all replicas of a place. */
export type Advance = (place: Place, steps: number) => void;

/** What a native library wants of a place, in the order of `Place` in src/kernel/native/rule.c, for some of its vectors. */
export const numbersOfPlace = (place: Place, first: number, groups: number): Float64Array<ArrayBuffer> =>
  Float64Array.of(
    ...[place.states, place.stateSize, place.blockSteps, place.normals, place.sampleNormals, place.deviations],
    ...[place.drawn, place.gap, place.inputs, Number(place.isPresented && !place.epochs), first, groups],
  );

/** Places replicas, their starts and their random streams. */
export function placeReplicas(
  kernel: KernelInstance,
  program: StepProgram,
  model: RuleModel,
  seed: number,
  replicas: readonly number[],
  starts: readonly State[],
  width: number,
): Place {
  const { batch, stateSize, sampleDeviations, updateDeviations, isPresented } = program;
  const n = model.input.size;
  const vector = width * NUMBER;
  const normals = batch * sampleDeviations.length + updateDeviations.length;
  const stepNumbers = Math.max(1, normals, isPresented ? batch * n : 0);
  const blockSteps = Math.max(1, Math.min(BLOCK_STEPS, Math.floor(BLOCK_BYTES / (stepNumbers * NUMBER))));
  const deviations = kernel.allocateNumbers(
    [...Array.from({ length: batch }, () => sampleDeviations).flat(), ...updateDeviations],
    'f64',
  );
  const gap = blockSteps * normals * vector;
  const drawn = kernel.allocate(2 * gap, vector);
  const inputs = kernel.allocate(isPresented ? blockSteps * batch * n * vector : 0, vector);
  kernel.set({ words: kernel.allocate(2 * gap), misses: kernel.allocate(gap / 4) });
  const epoch = epochSize(model.input);
  if (isPresented && epoch === 0) {
    placeDistribution(kernel, model.input, 'f64');
    kernel.set({ inputs: n, outputs: 0, batch, scratch: kernel.allocate(n * vector) });
  }
  const filled = filledLanes(replicas.length, width);
  const lanes = filled.length;
  const identities = filled.map((index) => replicas[index]);
  kernel.placeStreams(seed, identities, lanes);
  const epochs = epoch > 0 ? new EpochInputs(model.input, seed, identities, width) : null;
  const states = kernel.allocate(lanes * stateSize * NUMBER, vector);
  const place: Place = {
    ...{ width, lanes, groups: Math.ceil(replicas.length / width), states, stateSize, blockSteps },
    ...{ normals, sampleNormals: sampleDeviations.length, deviations, drawn, gap, inputs },
    ...{ inputSize: n, batch, isPresented, epochs },
  };
  const numbers = numbersOf(kernel, place);
  filled.forEach((index, lane) => {
    forEachNumber(place, lane, starts[index], (data, i, at) => (numbers[at] = data[i]));
  });
  return place;
}

/** The index of the replica of every lane. Lanes without a replica repeat the last one: what they compute is valid. */
export function filledLanes(count: number, width: number): number[] {
  const unit = Math.max(QUAD, width);
  const lanes = Math.ceil(count / unit) * unit;
  return Array.from({ length: lanes }, (_, lane) => Math.min(lane, count - 1));
}

/** The numbers of all states, until memory grows. */
export const numbersOf = (kernel: KernelInstance, { states, lanes, stateSize }: Place): Float64Array =>
  kernel.view('f64', states, lanes * stateSize) as Float64Array;

/** Where the i-th number of a lane's state lies among those of all. */
export const placeOf = ({ width, stateSize }: Place, lane: number, i: number): number =>
  (Math.floor(lane / width) * stateSize + i) * width + (lane % width);

/** Calls with every number of a state and its place among those of all lanes. */
export function forEachNumber(
  place: Place,
  lane: number,
  state: State,
  visit: (data: Float64Array, i: number, at: number) => void,
): void {
  let before = 0;
  for (const { data } of state) {
    for (let i = 0; i < data.length; i++) visit(data, i, placeOf(place, lane, before + i));
    before += data.length;
  }
}
