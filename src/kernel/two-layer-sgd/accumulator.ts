import { SparseMatrix, type Matrix } from '#linalg';
import type { Accumulator, FrameContext, MeasurementContext } from '#measure';
import { lossTerms, thetaOf, type Model, type State } from '#model';
import type { KernelInstance } from '../instance.js';
import { placeSparse } from '../place-sparse.js';
import { LANES, readLane, writeLane } from './lanes.js';
import type { StateShape } from './state.js';

const VECTOR = 16;

type Context = MeasurementContext<State>;
/**
 * Measures the replicas of a kernel in place: ReferenceAccumulator with its bits, two replicas at a time; null where no frame is
 * followed. `stimuli` are those of the probes (K x n). Where the series of the kernel do not converge (frames whose overlap with Theta* is far from orthogonal, large
 * rotations), the readout and the increments of the context compute the lane. Allocates nothing but then.
 *
 * Memory, in the kernel's: what the context fixes (nonzero entries, 16 bytes each, and 8 (K r + n m) bytes), 16 bytes a
 * number for a working space of k (n+m) + 2 k r + 6 r^2 + P + D + K r + n m numbers, and for each pair of replicas those
 * of SampleSums.
 */
export function placeAccumulator(
  kernel: KernelInstance,
  shape: StateShape,
  model: Model,
  replicas: number,
  context: Context,
  stimuli: Matrix,
): Accumulator | null {
  const { frame, reading } = context;
  if (!frame) return null;
  const { units } = context.readout;
  const columns = shape.inputs + shape.outputs;
  place(kernel, model, replicas, context, frame, stimuli, units * columns);
  const sumsSize = kernel.get('sumsSize');
  const frameSize = reading.frame.length;
  const project = shape.precision === 'f64' ? kernel.exports.project64 : kernel.exports.project32;
  const { rotate, accumulate } = kernel.exports;

  const sumsOf = (replica: number): number => kernel.get('sums') + Math.floor(replica / LANES) * sumsSize;
  const projectLane = (lane: number): void => {
    const data = readLane(kernel, kernel.get('theta'), lane, new Float64Array(units * columns));
    const found = new Float64Array(frameSize);
    frame.readout.project(found, [{ rows: units, cols: columns, data }]);
    writeLane(kernel, kernel.get('frame'), lane, found);
  };
  const rotateLane = (pair: number, lane: number): void => {
    const before = readLane(kernel, sumsOf(LANES * pair), lane, new Float64Array(frameSize));
    const now = readLane(kernel, kernel.get('frame'), lane, new Float64Array(frameSize));
    const found = new Float64Array(reading.increment.length);
    const isReflected = frame.increments.rotation(found, before, now);
    writeLane(kernel, kernel.get('omega'), lane, found);
    if (!isReflected) return;
    const at = sumsOf(LANES * pair) + VECTOR * (reading.data.length - 1);
    const [count] = readLane(kernel, at, lane, new Float64Array(1));
    writeLane(kernel, at, lane, Float64Array.of(count + 1));
  };

  return {
    groupSize: LANES,
    add(pair, isFirst) {
      /** Lanes, as bits: those that have a replica, and where the kernel was not enough. */
      const lanes = replicas > LANES * pair + 1 ? 3 : 1;
      const projected = project(pair);
      const far = projected & lanes;
      const infinite = (projected >> LANES) & lanes;
      for (let lane = 0; lane < LANES; lane++) if (((far & ~infinite) >> lane) & 1) projectLane(lane);
      const large = isFirst ? 0 : rotate(pair) & lanes;
      for (let lane = 0; lane < LANES; lane++) {
        if ((infinite >> lane) & 1) throw context.readout.notFinite();
        if ((large >> lane) & 1) rotateLane(pair, lane);
      }
      accumulate(pair, isFirst ? 1 : 0);
    },
    read(replica, into) {
      readLane(kernel, sumsOf(replica), replica % LANES, into.data);
    },
    write(replica, from) {
      writeLane(kernel, sumsOf(replica), replica % LANES, from.data);
    },
  };
}

/** Lays out what the context fixes, a working space, and the sums of all pairs of replicas. */
function place(
  kernel: KernelInstance,
  model: Model,
  replicas: number,
  { readout, reading }: Context,
  { measurement: { rank, referencePoint }, readout: { codes }, directions }: FrameContext<State>,
  stimuli: Matrix,
  weights: number,
): void {
  const pairs = Math.ceil(replicas / LANES);
  const sumsSize = reading.data.length * VECTOR;
  const vectors = (count: number): number => kernel.allocate(count * VECTOR);
  const { form, noise } = lossTerms(model);
  kernel.set({
    rank,
    rows: readout.units,
    probes: reading.fluctuation.length,
    directions: reading.along.length,
    referencePoint: placeSparse(kernel, SparseMatrix.from(thetaOf(referencePoint))),
    probeStimuli: placeSparse(kernel, SparseMatrix.from(stimuli)),
    axes: placeSparse(kernel, directions),
    lossForm: placeSparse(kernel, form),
    probeCodes: kernel.allocateNumbers(codes, 'f64'),
    lossTarget: kernel.allocateNumbers(model.target.data, 'f64'),
    lossNoise: noise,
    weightDecay: model.weightDecay,
    theta: vectors(weights),
    frame: vectors(reading.frame.length),
    spareFrame: vectors(reading.frame.length),
    relative: vectors(rank * rank),
    omega: vectors(rank * rank),
    matrices: vectors(4 * rank * rank),
    planes: vectors(reading.rotation.length),
    components: vectors(reading.along.length),
    aligned: vectors(reading.codes.length),
    residual: vectors(model.target.data.length),
    sumsSize,
    sums: vectors((pairs * sumsSize) / VECTOR),
  });
}
