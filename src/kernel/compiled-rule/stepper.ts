import { epochSize, type RuleDefinition, type RuleModel, type State, type Stepper } from '#model';
import { Shuffle } from '#random';
import { KernelInstance } from '../instance.js';
import type { Kernel } from '../kernel.js';
import { compileStep, PAIR } from './compile.js';
import { filledLanes, forEachNumber, numbersOf, placeOf, placeReplicas, type Advance } from './place.js';
import { stepProgram } from './program/step-program.js';
import type { Structure } from './program/section.js';
import { isStructured, structuresIn } from './program/structure.js';

/** Bits of a number. */
const NUMBER = 64;
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
 * RangeError, as the readable step does, for the inverse of a singular matrix and where `solve` meets a singular block.
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
  const arrays = rule.arrays(model);
  const { native } = loaded;
  const stateNumbers = arrays.reduce((sum, { rows, cols }) => sum + rows * cols, 0);
  const bits = native ? bitsFor(native.width, replicas.length, stateNumbers) : 0;
  /** Replicas in a vector, once the first step is compiled. */
  let width = 0;
  const compiledFor = (all: readonly (readonly Structure[])[]): Compiled => {
    const found = stepProgram(rule, model, all);
    const n = model.input.size;
    const own = native && width !== PAIR ? native.compile(kernel, found.program, n, bits) : 'it was WebAssembly before';
    if (typeof own !== 'string') {
      width = bits / NUMBER;
      return { ...found, advance: own };
    }
    // Vectors of another width would not fit the states that are there.
    if (width > PAIR) throw new RangeError(`the native kernel can no longer be used: ${own}`);
    width = PAIR;
    return { ...found, advance: compileStep(kernel, found.program, n) };
  };
  let compiled = compiledFor(
    arrays.map(({ rows, cols }, k) =>
      structuresIn(
        rows,
        cols,
        starts.map((state) => state[k].data),
      ),
    ),
  );
  const place = placeReplicas(kernel, compiled.program, model, seed, replicas, starts, width);
  const filled = filledLanes(replicas.length, width);
  const { stateSize, epochs } = place;
  const streamsAt = 8 * stateSize;
  const selectAt = streamsAt + (STREAMS - 1) * STREAM_BYTES;
  const shuffleAt = streamsAt + STREAMS * STREAM_BYTES;
  const shuffleWords = epochs ? Shuffle.words(epochSize(model.input)) : 0;
  const replicaBytes = shuffleAt + 4 * shuffleWords;
  /** Whether the states saved in a buffer have the structures that the step was compiled for. */
  const isFit = (buffer: ArrayBufferLike): boolean => {
    let before = 0;
    return arrays.every(({ rows, cols }, k) => {
      const first = before;
      before += rows * cols;
      return replicas.every((_, index) => {
        const numbers = new Float64Array(buffer, index * replicaBytes + 8 * first, rows * cols);
        return isStructured(compiled.structures[k], rows, numbers);
      });
    });
  };
  return {
    advance(steps) {
      compiled.advance(place, steps);
    },
    read(index, into) {
      const numbers = numbersOf(kernel, place);
      forEachNumber(place, index, into, (data, i, at) => (data[i] = numbers[at]));
    },
    save() {
      const saved = new Uint8Array(replicas.length * replicaBytes);
      const numbers = numbersOf(kernel, place);
      replicas.forEach((_, index) => {
        const own = new Float64Array(saved.buffer, index * replicaBytes, stateSize);
        for (let i = 0; i < stateSize; i++) own[i] = numbers[placeOf(place, index, i)];
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
      // States that this stepper does not reach by itself.
      if (!isFit(buffer)) compiled = compiledFor(arrays.map(() => []));
      const numbers = numbersOf(kernel, place);
      filled.forEach((index, lane) => {
        const own = new Float64Array(buffer, index * replicaBytes, stateSize);
        for (let i = 0; i < stateSize; i++) numbers[placeOf(place, lane, i)] = own[i];
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

/** Bytes of a cache of a core that the states in a vector of replicas should fit in. */
const CACHE = 2 ** 21;

/**
 * Bits of vectors for so many replicas, at most `most`: no wider than they fill, and than their states of so many numbers fit a cache;
 * where not even the narrowest do, width costs nothing.
 */
function bitsFor(most: number, replicas: number, numbers: number): number {
  const fits = (bits: number): boolean => (bits / 8) * numbers <= CACHE;
  let bits = PAIR * NUMBER;
  const isBounded = fits(bits);
  while (bits < most && bits / NUMBER < replicas && (!isBounded || fits(2 * bits))) bits *= 2;
  return bits;
}

interface Compiled {
  readonly program: ReturnType<typeof stepProgram>['program'];
  readonly structures: readonly Structure[];
  readonly advance: Advance;
}

const wordsAt = (buffer: ArrayBufferLike, byteOffset: number, length: number): Int32Array =>
  new Int32Array(buffer, byteOffset, length);
