import { epochSize, type RuleDefinition, type RuleModel, type State, type Stepper } from '#model';
import { Shuffle } from '#random';
import { KernelInstance } from '../instance.js';
import type { Kernel } from '../kernel.js';
import { placeDistribution } from '../place-distribution.js';
import { compileStep } from './compile.js';
import { VECTOR } from './context.js';
import { EpochInputs } from './epoch-inputs.js';
import { stepProgram } from './step-program.js';

/** Replicas in a vector, and those whose normals are drawn together. */
const PAIR = 2;
const QUAD = 4;
/** Steps drawn at once: enough to spread the cost of a block, few enough that its normals stay in the cache. */
const BLOCK_STEPS = 128;
const BLOCK_BYTES = 32768;
/** Bytes of the state of a random stream. */
const STREAM_BYTES = 32;
const STREAM_WORDS = 8;
/** Normals, retries, and last the choice of stimuli. */
const STREAMS = 3;

/**
 * A stepper that runs the step of a rule's definition compiled to WebAssembly: the trajectories of
 * createReferenceStepper, bit by bit, and its saved states. A replica's numbers do not depend on the other replicas,
 * on how its steps are split, or on reads.
 *
 * Memory: 16 d bytes of state and 48 of streams a replica, d numbers in a state; besides about 16 bytes for every
 * entry of every array that the rule computes, the data set (8 K n) and a block of at most 128 kB or one step. Throws
 * RangeError, as the readable step does, for the inverse of a singular matrix.
 */
export function createCompiledStepper<M extends RuleModel>(
  loaded: Kernel,
  rule: RuleDefinition<M>,
  model: M,
  seed: number,
  replicas: readonly number[],
  starts: readonly State[],
): Stepper {
  const kernel = new KernelInstance(loaded);
  const program = stepProgram(rule, model);
  const { batch, stateSize, sampleDeviations, updateDeviations, isPresented } = program;
  const n = model.input.size;
  const runSteps = compileStep(kernel, program, n);
  const normals = batch * sampleDeviations.length + updateDeviations.length;
  const stepBytes = Math.max(1, normals, isPresented ? batch * n : 0) * VECTOR;
  const blockSteps = Math.max(1, Math.min(BLOCK_STEPS, Math.floor(BLOCK_BYTES / stepBytes)));
  const deviations = kernel.allocateNumbers(
    [...Array.from({ length: batch }, () => sampleDeviations).flat(), ...updateDeviations],
    'f64',
  );
  const gap = blockSteps * normals * VECTOR;
  const drawn = kernel.allocate(PAIR * gap);
  const inputs = kernel.allocate(isPresented ? blockSteps * batch * n * VECTOR : 0);
  kernel.set({ words: kernel.allocate(2 * gap), misses: kernel.allocate(gap / 4) });
  const epoch = epochSize(model.input);
  if (isPresented && epoch === 0) {
    placeDistribution(kernel, model.input, 'f64');
    kernel.set({ inputs: n, outputs: 0, batch, scratch: kernel.allocate(n * VECTOR) });
  }
  const lanes = Math.ceil(replicas.length / QUAD) * QUAD;
  // Lanes without a replica repeat the last one: what they compute is valid.
  const filled = Array.from({ length: lanes }, (_, lane) => Math.min(lane, replicas.length - 1));
  kernel.placeStreams(
    seed,
    filled.map((index) => replicas[index]),
    lanes,
  );
  const epochs =
    epoch > 0
      ? new EpochInputs(
          model.input,
          seed,
          filled.map((index) => replicas[index]),
        )
      : null;
  const pairBytes = stateSize * VECTOR;
  const streamsAt = 8 * stateSize;
  const selectAt = streamsAt + (STREAMS - 1) * STREAM_BYTES;
  const shuffleAt = streamsAt + STREAMS * STREAM_BYTES;
  const shuffleWords = epochs ? Shuffle.words(epoch) : 0;
  const replicaBytes = shuffleAt + 4 * shuffleWords;
  const states = kernel.allocate((lanes / PAIR) * pairBytes);
  const numbers = kernel.view('f64', states, lanes * stateSize) as Float64Array;
  filled.forEach((index, lane) => {
    forEachNumber(stateSize, lane, starts[index], (data, i, at) => (numbers[at] = data[i]));
  });
  const presented = kernel.view('f64', inputs, isPresented ? blockSteps * batch * n * PAIR : 0) as Float64Array;
  const { normals64, presentInputs } = kernel.exports;

  const advanceQuad = (quad: number, steps: number): void => {
    if (normals > 0) normals64(quad, deviations, drawn, gap, steps, normals, normals * VECTOR);
    for (let half = 0; half < PAIR; half++) {
      const pair = PAIR * quad + half;
      if (PAIR * pair >= replicas.length) break;
      const own = drawn + half * gap;
      if (epochs) epochs.present(pair, steps * batch, presented);
      else if (isPresented) presentInputs(pair, own, normals * VECTOR, strideOf(sampleDeviations), steps, inputs);
      runSteps(states + pair * pairBytes, own, inputs, steps);
    }
  };
  return {
    advance(steps) {
      for (let quad = 0; quad < lanes / QUAD; quad++) {
        for (let left = steps; left > 0; left -= blockSteps) advanceQuad(quad, Math.min(left, blockSteps));
      }
    },
    read(index, into) {
      forEachNumber(stateSize, index, into, (data, i, at) => (data[i] = numbers[at]));
    },
    save() {
      const saved = new Uint8Array(replicas.length * replicaBytes);
      replicas.forEach((_, index) => {
        const own = new Float64Array(saved.buffer, index * replicaBytes, stateSize);
        for (let i = 0; i < stateSize; i++) own[i] = numbers[placeOf(stateSize, index, i)];
        kernel.streams(index).forEach(({ words }, k) => {
          wordsAt(saved.buffer, index * replicaBytes + streamsAt + k * STREAM_BYTES, STREAM_WORDS).set(words.read());
        });
        if (!epochs) return;
        const { source, shuffle } = epochs.save(index);
        wordsAt(saved.buffer, index * replicaBytes + selectAt, STREAM_WORDS).set(source);
        wordsAt(saved.buffer, index * replicaBytes + shuffleAt, shuffleWords).set(shuffle);
      });
      return saved;
    },
    restore(saved) {
      const expected = replicas.length * replicaBytes;
      if (saved.length !== expected) throw new RangeError(`found ${saved.length} bytes, expected ${expected}`);
      const { buffer } = saved.slice();
      filled.forEach((index, lane) => {
        const own = new Float64Array(buffer, index * replicaBytes, stateSize);
        for (let i = 0; i < stateSize; i++) numbers[placeOf(stateSize, lane, i)] = own[i];
        kernel.streams(lane).forEach(({ words }, k) => {
          words.write(wordsAt(buffer, index * replicaBytes + streamsAt + k * STREAM_BYTES, STREAM_WORDS));
        });
        epochs?.restore(
          lane,
          wordsAt(buffer, index * replicaBytes + selectAt, STREAM_WORDS),
          wordsAt(buffer, index * replicaBytes + shuffleAt, shuffleWords),
        );
      });
    },
  };
}

const wordsAt = (buffer: ArrayBufferLike, byteOffset: number, length: number): Int32Array =>
  new Int32Array(buffer, byteOffset, length);

const strideOf = (deviations: readonly number[]): number => deviations.length * VECTOR;

/** Where the i-th number of a lane's state lies among those of all. */
const placeOf = (stateSize: number, lane: number, i: number): number =>
  (Math.floor(lane / PAIR) * stateSize + i) * PAIR + (lane % PAIR);

/** Calls with every number of a state and its place among those of all lanes. */
function forEachNumber(
  stateSize: number,
  lane: number,
  state: State,
  visit: (data: Float64Array, i: number, at: number) => void,
): void {
  let before = 0;
  for (const { data } of state) {
    for (let i = 0; i < data.length; i++) visit(data, i, placeOf(stateSize, lane, before + i));
    before += data.length;
  }
}
