import type { Matrix } from '#linalg';
import type { Accumulator, MeasurementContext } from '#measure';
import { inputs, outputs, thetaOf, twoLayerSgd, type Model, type State, type Stepper } from '#model';
import { KernelInstance, type MemoryRange } from '../instance.js';
import type { Kernel } from '../kernel.js';
import { bytesOf, lanesOf, type Precision } from '../precision.js';
import { restoreMemory, saveMemory } from '../snapshot.js';
import { placeAccumulator } from './accumulator.js';
import { assertDecay, decayPerStep, rescalingPeriod } from './decay.js';
import { placeInput, placeTarget } from './place-model.js';
import { groupBytes, readTheta, writeTheta, type StateShape } from './state.js';

/** Lane groups that the kernel advances together. */
const GROUPS_PER_TILE = 2;
/**
 * Steps drawn at once: enough to spread the cost of a block, few enough that the records stay in the first-level cache.
 */
const BLOCK_STEPS = 32;
const BLOCK_BYTES = 16384;
/** Longest period of rescaling and longest single call: what a signed 32-bit integer holds, and a power of two. */
const MAX_STEPS = 2 ** 30;

/** A stepper whose replicas are measured where they are, by the accumulator made for a context; one at a time. */
interface KernelStepper extends Stepper {
  /** null where no frame is followed: the kernel measures frames only. */
  readonly accumulator: (context: MeasurementContext<State>, stimuli: Matrix) => Accumulator | null;
}

/**
 * A stepper that runs the kernel: the trajectories of createReferenceStepper, to rounding, at many times its
 * speed. A replica's numbers depend only on (model, seed, replica, start): not on the other replicas of its stepper, on
 * how its steps are split into calls of `advance`, or on reads.
 *
 * Precision f32 holds weights and samples in single precision (relative error of a step 6e-8; random numbers are
 * those of f64, rounded, and the weight decay stays f64), for exploration.
 *
 * Memory: about 8 k (n+m) + 8 B (k+n+m) + 96 bytes a replica for f64, k = rows of Theta; f32 has half of the first two
 * terms. Besides, a stepper holds the data set (8 K n bytes, f32 4 K n), the factors and the target, and a working
 * space of 64 kB or, if that is more, 160 B (n+m) bytes; for its accumulator see `placeAccumulator`. It owns its memory, at
 * most 4 GB, and garbage collection frees both together.
 *
 * Throws InvalidInputError when eta gamma >= 1, and for f32 when eta gamma < 1e-6.
 */
export function createTwoLayerStepper(
  loaded: Kernel,
  precision: Precision,
  model: Model,
  seed: number,
  replicas: readonly number[],
  starts: readonly State[],
): KernelStepper {
  twoLayerSgd.assertValid(model);
  assertDecay(model, precision);
  const decay = decayPerStep(model);
  const units = starts.length > 0 ? thetaOf(starts[0]).rows : 0;
  const shape: StateShape = {
    precision,
    inputs: inputs(model),
    outputs: outputs(model),
    units,
    paddedUnits: units + (units % 2),
    batch: model.batchSize,
  };
  const kernel = new KernelInstance(loaded);
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
    period: rescalingPeriod(decay, MAX_STEPS),
    noisy: model.labelNoiseVariance > 0 ? 1 : 0,
  });
  placeInput(kernel, model, precision);
  placeTarget(kernel, model, precision);
  placeBlock(kernel, shape);
  const groupSize = groupBytes(shape);
  const address = kernel.allocate(groups * groupSize);
  kernel.set({ groups: address, groupSize });

  // A new view each time, because an accumulator makes memory grow.
  const states = () => kernel.view(precision, address, (groups * groupSize) / bytesOf(precision));
  starts.forEach((start, index) => {
    writeTheta(shape, states(), index, thetaOf(start));
  });
  const ranges: MemoryRange[] = [...kernel.streamRanges(groups * lanes), { address, length: groups * groupSize }];
  return {
    advance(steps) {
      for (let left = steps; left > 0; left -= MAX_STEPS) kernel.advance(precision, Math.min(left, MAX_STEPS));
    },
    read(index, into) {
      readTheta(shape, states(), index, kernel.get('scale'), thetaOf(into));
    },
    save: () => saveMemory(kernel, ranges),
    restore(saved) {
      restoreMemory(kernel, ranges, saved);
    },
    accumulator: (context, stimuli) => placeAccumulator(kernel, shape, model, replicas.length, context, stimuli),
  };
}

/** Memory for one block of steps of one tile. */
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
