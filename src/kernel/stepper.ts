import { InvalidInputError } from '#core';
import type { MeasurementContext, Recorder } from '#measure';
import { aliasTable, entryProbabilities, inputs, outputs, type CreateStepper, type Model, type Stepper } from '#model';
import { log } from '#random';
import { KernelInstance, type Piece, type Precision } from './instance.js';
import { placeRecorder } from './recorder.js';
import { bytesOf, groupBytes, lanesOf, readTheta, writeTheta, type StateShape } from './state.js';

/** Lane groups that the kernel advances together. */
const GROUPS_PER_TILE = 2;
/**
 * Steps drawn at once: enough to spread the cost of a block, few enough that the records stay in the first-level cache.
 */
const BLOCK_STEPS = 32;
const BLOCK_BYTES = 16384;
/** The scale of the stored weights stays above 2^-32. */
const SCALE_BITS = 32;
/** Longest period of rescaling and longest single call: what a signed 32-bit integer holds, and a power of two. */
const MAX_STEPS = 2 ** 30;
/** Below this eta gamma the decay of one step is lost among the rounding errors of f32 weights. */
const SINGLE_PRECISION_LIMIT = 1e-6;

/** A stepper whose replicas are recorded where they are, by the recorder that it makes for the context; by one at a time. */
interface KernelStepper extends Stepper {
  readonly recorder: (context: MeasurementContext) => Recorder;
}
type CreateKernelStepper = (...given: Parameters<CreateStepper>) => KernelStepper;

/**
 * Steppers that run the WebAssembly kernel: the trajectories of createReferenceStepper, to rounding, at many times its
 * speed. A replica's numbers depend on (model, seed, replica, start) alone: not on the other replicas of its stepper,
 * on how `advance` is cut, or on reads.
 *
 * Precision f32 holds weights and samples in single precision (relative error of a step 6e-8; random numbers are
 * those of f64, rounded, and the weight decay stays f64), for exploration.
 *
 * Memory: about 8 k (n+m) + 8 B (k+n+m) + 96 bytes a replica for f64, k = rows of Theta; f32 has half of the first two
 * terms. Besides, a stepper holds the data set (8 K n bytes, f32 4 K n), the factors and the target, and a working
 * space of 64 kB or, if that is more, 160 B (n+m) bytes; for its recorder see `placeRecorder`. It owns its memory, at
 * most 4 GB, and garbage collection frees both together.
 *
 * Throws InvalidInputError when eta gamma >= 1, and for f32 when eta gamma < 1e-6.
 */
export function createKernelSteppers(module: WebAssembly.Module, precision: Precision): CreateKernelStepper {
  return (model, seed, replicas, starts) => {
    const decay = checkedDecay(model, precision);
    const units = starts[0]?.rows ?? 0;
    const shape: StateShape = {
      precision,
      inputs: inputs(model),
      outputs: outputs(model),
      units,
      paddedUnits: units + (units % 2),
      batch: model.batchSize,
    };
    const kernel = new KernelInstance(module);
    const lanes = lanesOf(precision);
    const tiles = Math.ceil(replicas.length / (lanes * GROUPS_PER_TILE));
    const groups = tiles * GROUPS_PER_TILE;
    kernel.placeStreams(seed, replicas, groups * lanes);
    kernel.set({
      inputs: shape.inputs,
      outputs: shape.outputs,
      units: shape.paddedUnits,
      batch: shape.batch,
      tiles,
      rate: model.learningRate / model.batchSize / decay,
      decay,
      period: rescalingPeriod(decay),
      noisy: model.labelNoiseVariance > 0 ? 1 : 0,
    });
    placeInput(kernel, model, precision);
    placeTarget(kernel, model, precision);
    placeBlock(kernel, shape);
    const groupSize = groupBytes(shape);
    const state = kernel.allocate(groups * groupSize);
    kernel.set({ groups: state, groupSize });

    // Taken anew each time: a recorder makes memory grow.
    const states = () => kernel.view(precision, state, (groups * groupSize) / bytesOf(precision));
    starts.forEach((theta, index) => {
      writeTheta(shape, states(), index, theta);
    });
    const advance = precision === 'f64' ? kernel.exports.advance64 : kernel.exports.advance32;
    const pieces: Piece[] = [...kernel.streamPieces(groups * lanes), { address: state, length: groups * groupSize }];
    return {
      advance(steps) {
        for (let left = steps; left > 0; left -= MAX_STEPS) advance(Math.min(left, MAX_STEPS));
      },
      read(index, into) {
        readTheta(shape, states(), index, kernel.get('scale'), into);
      },
      save: () => savePieces(kernel, pieces),
      restore(saved) {
        restorePieces(kernel, pieces, saved);
      },
      recorder: (context) => placeRecorder(kernel, shape, model, replicas.length, context),
    };
  };
}

/** Bytes of the clock of a stepper: scale and age as f64. */
const CLOCK_BYTES = 16;

function savePieces(kernel: KernelInstance, pieces: readonly Piece[]): Uint8Array {
  const saved = new Uint8Array(CLOCK_BYTES + pieces.reduce((sum, { length }) => sum + length, 0));
  new Float64Array(saved.buffer, 0, 2).set([kernel.get('scale'), kernel.get('age')]);
  let at = CLOCK_BYTES;
  for (const piece of pieces) {
    saved.set(kernel.bytes(piece), at);
    at += piece.length;
  }
  return saved;
}

function restorePieces(kernel: KernelInstance, pieces: readonly Piece[], saved: Uint8Array): void {
  const expected = CLOCK_BYTES + pieces.reduce((sum, { length }) => sum + length, 0);
  if (saved.length !== expected) throw new RangeError(`found ${saved.length} bytes, expected ${expected}`);
  const [scale, age] = new Float64Array(saved.slice(0, CLOCK_BYTES).buffer);
  kernel.set({ scale, age });
  let at = CLOCK_BYTES;
  for (const piece of pieces) {
    kernel.bytes(piece).set(saved.subarray(at, at + piece.length));
    at += piece.length;
  }
}

/** 1 - eta gamma. Throws InvalidInputError when the step erases the weights, or is lost in single precision. */
export function checkedDecay({ learningRate, weightDecay }: Model, precision: Precision): number {
  const product = learningRate * weightDecay;
  if (product >= 1) {
    throw new InvalidInputError(
      `learning rate times weight decay is ${product}: one step would erase the weights; it must be below 1`,
      ['model', 'learningRate'],
    );
  }
  if (precision === 'f32' && product < SINGLE_PRECISION_LIMIT) {
    throw new InvalidInputError(
      `learning rate times weight decay is ${product}: precision f32 needs at least ${SINGLE_PRECISION_LIMIT}; use f64`,
      ['model', 'learningRate'],
    );
  }
  return 1 - product;
}

function rescalingPeriod(decay: number): number {
  return decay === 1 ? MAX_STEPS : Math.min(MAX_STEPS, Math.max(1, Math.floor((-SCALE_BITS * Math.LN2) / log(decay))));
}

function placeInput(kernel: KernelInstance, { input, target, labelNoiseVariance }: Model, precision: Precision): void {
  const { gaussians, stimuli, size: n } = input;
  const factors = gaussians.map(({ factor }) => factor.data);
  const zeroWhere = (blank: (i: number, j: number) => boolean): boolean =>
    factors.every((data) => data.every((value, at) => value === 0 || !blank(Math.floor(at / n), at % n)));
  const isDiagonal = zeroWhere((i, j) => i !== j);
  const isLower = zeroWhere((i, j) => j > i);
  const form = isDiagonal ? 0 : isLower ? 1 : 2;
  const numbers = factors.flatMap((data) => Array.from(data).filter((_, at) => form > 0 || at % (n + 1) === 0));
  const probabilities = entryProbabilities(input);
  const deviations = new Float64Array(n + target.rows).fill(1, 0, n).fill(Math.sqrt(labelNoiseVariance), n);
  if (form === 0 && probabilities.length === 1) deviations.set(numbers);
  const { threshold, alias } = aliasTable(probabilities);
  const aliases = kernel.allocate(alias.byteLength);
  kernel.integers(aliases, alias.length).set(alias);
  kernel.set({
    gaussians: gaussians.length,
    entries: probabilities.length,
    form,
    deviations: kernel.allocateNumbers(deviations, precision),
    factors: kernel.allocateNumbers(numbers, precision),
    stimuli: kernel.allocateNumbers(stimuli.data, precision),
    thresholds: kernel.allocateNumbers(threshold, 'f64'),
    aliases,
  });
}

function placeTarget(kernel: KernelInstance, { target }: Model, precision: Precision): void {
  const { rows, cols, data } = target;
  const isIdentity = rows === cols && data.every((value, at) => value === (at % (cols + 1) === 0 ? 1 : 0));
  kernel.set({ mapped: isIdentity ? 0 : 1, target: kernel.allocateNumbers(data, precision) });
}

/** Room for one block of steps of one tile. */
function placeBlock(kernel: KernelInstance, shape: StateShape): void {
  const { inputs: n, outputs: m, batch } = shape;
  const stepBytes = batch * (n + m) * 16;
  const blockSteps = Math.max(1, Math.min(BLOCK_STEPS, Math.floor(BLOCK_BYTES / (GROUPS_PER_TILE * stepBytes))));
  const recordsSize = (blockSteps + 1) * stepBytes;
  kernel.set({
    blockSteps,
    recordsSize,
    records: kernel.allocate(GROUPS_PER_TILE * recordsSize),
    words: kernel.allocate(2 * blockSteps * stepBytes),
    misses: kernel.allocate((blockSteps * stepBytes) / 4),
    scratch: kernel.allocate(Math.max(batch * 4, n) * 16),
  });
}
