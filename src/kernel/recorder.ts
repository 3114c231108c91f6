import { divergence, type MeasurementContext, type Recorder } from '#measure';
import { lossTerms, type Model } from '#model';
import type { KernelInstance } from './instance.js';
import type { StateShape } from './state.js';

/** Replicas that are recorded together, one in each lane of an f64 vector. */
const LANES = 2;
const VECTOR = 16;

/** The nonzero entries of a matrix row by row, see SparseMatrix of linalg. */
interface Entries {
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

/**
 * Records the replicas of a kernel in place: ReferenceRecorder with its bits, two replicas at a time. What the kernel does not
 * find because it is not near (frames whose overlap with Theta* is far from orthogonal, large rotations) the projector of the
 * context finds. Allocates nothing but then.
 *
 * Memory, in the kernel's: what the context fixes (their nonzero entries, 16 bytes each, and 8 (K r + n m) bytes), 16 bytes a
 * number for a working space of k (n+m) + 2 k r + 6 r^2 + P + D + K r + n m numbers, and for each pair of replicas those
 * of a Recording.
 */
export function placeRecorder(
  kernel: KernelInstance,
  shape: StateShape,
  model: Model,
  replicas: number,
  context: MeasurementContext,
): Recorder {
  const { projector, reading } = context;
  const { frame, increment } = reading;
  const { rank, units } = projector;
  const columns = shape.inputs + shape.outputs;
  const pairs = Math.ceil(replicas / LANES);
  const recordingSize = reading.data.length * VECTOR;
  const vectors = (count: number): number => kernel.allocate(count * VECTOR);
  const { form, noise } = lossTerms(model);
  kernel.set({
    rank,
    rows: units,
    probes: reading.fluctuation.length,
    directions: reading.along.length,
    reference: placeSparse(kernel, projector.reference),
    probeStimuli: placeSparse(kernel, context.stimuli),
    axes: placeSparse(kernel, context.directions),
    lossForm: placeSparse(kernel, form),
    probeCodes: kernel.allocateNumbers(context.codes, 'f64'),
    lossTarget: kernel.allocateNumbers(model.target.data, 'f64'),
    lossNoise: noise,
    weightDecay: model.weightDecay,
    theta: vectors(units * columns),
    frame: vectors(frame.length),
    spareFrame: vectors(frame.length),
    relative: vectors(rank * rank),
    omega: vectors(rank * rank),
    matrices: vectors(4 * rank * rank),
    planes: vectors(reading.rotation.length),
    components: vectors(reading.along.length),
    aligned: vectors(reading.codes.length),
    residual: vectors(model.target.data.length),
    recordingSize,
    recordings: vectors((pairs * recordingSize) / VECTOR),
  });
  const locate = shape.precision === 'f64' ? kernel.exports.locate64 : kernel.exports.locate32;
  const { turn, gather } = kernel.exports;

  /** Copies the numbers of one lane from or to vectors. */
  const take = (address: number, lane: number, into: Float64Array): Float64Array => {
    const numbers = kernel.view('f64', address, LANES * into.length);
    for (let i = 0; i < into.length; i++) into[i] = numbers[LANES * i + lane];
    return into;
  };
  const give = (address: number, lane: number, from: Float64Array): void => {
    const numbers = kernel.view('f64', address, LANES * from.length);
    for (let i = 0; i < from.length; i++) numbers[LANES * i + lane] = from[i];
  };
  const recordingOf = (replica: number): number =>
    kernel.get('recordings') + Math.floor(replica / LANES) * recordingSize;
  const projectLane = (lane: number): void => {
    const data = take(kernel.get('theta'), lane, new Float64Array(units * columns));
    const found = new Float64Array(frame.length);
    projector.project(found, { rows: units, cols: columns, data });
    give(kernel.get('frame'), lane, found);
  };
  const turnLane = (pair: number, lane: number): void => {
    const before = take(recordingOf(LANES * pair), lane, new Float64Array(frame.length));
    const now = take(kernel.get('frame'), lane, new Float64Array(frame.length));
    const found = new Float64Array(increment.length);
    projector.rotation(found, before, now);
    give(kernel.get('omega'), lane, found);
  };

  return {
    together: LANES,
    record(pair, first) {
      /** Lanes, as bits: those that have a replica, and where the kernel was not enough. */
      const lanes = replicas > LANES * pair + 1 ? 3 : 1;
      const located = locate(pair);
      const far = located & lanes;
      const infinite = (located >> LANES) & lanes;
      for (let lane = 0; lane < LANES; lane++) if (((far & ~infinite) >> lane) & 1) projectLane(lane);
      const large = first ? 0 : turn(pair) & lanes;
      for (let lane = 0; lane < LANES; lane++) {
        if ((infinite >> lane) & 1) throw divergence();
        if ((large >> lane) & 1) turnLane(pair, lane);
      }
      gather(pair, first ? 1 : 0);
    },
    read(replica, into) {
      take(recordingOf(replica), replica % LANES, into.data);
    },
    write(replica, from) {
      give(recordingOf(replica), replica % LANES, from.data);
    },
  };
}

/** Lays a sparse matrix out as `sparseTimes` in assembly/algebra.ts takes it. */
function placeSparse(kernel: KernelInstance, { starts, columns, values }: Entries): number {
  const startBytes = Math.ceil((starts.length * 4) / VECTOR) * VECTOR;
  const address = kernel.allocate(startBytes + values.length * VECTOR);
  kernel.integers(address, starts.length).set(starts);
  const numbers = kernel.view('f64', address + startBytes, 2 * values.length);
  const offsets = kernel.integers(address + startBytes, 4 * values.length);
  values.forEach((value, at) => {
    numbers[2 * at] = value;
    offsets[4 * at + 2] = columns[at] * VECTOR;
  });
  return address;
}
