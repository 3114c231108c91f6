import { bytesOf, lanesOf, type Precision } from '../precision.js';

const VECTOR = 16;

/** A matrix as the steppers take it: row-major, (n + m) columns. */
interface Theta {
  readonly data: Float64Array;
}

/** Sizes that fix where things lie in a lane group's state. */
export interface StateShape {
  readonly precision: Precision;
  readonly inputs: number;
  readonly outputs: number;
  /** Hidden units in use, and rounded up to an even number. */
  readonly units: number;
  readonly paddedUnits: number;
  readonly batch: number;
}

/** Bytes of one lane group's state: stored Theta, h and the records of the last step (see assembly/learn.ts). */
export function groupBytes({ inputs, outputs, paddedUnits, batch }: StateShape): number {
  return (paddedUnits * (inputs + outputs) + batch * (paddedUnits + inputs + outputs)) * VECTOR;
}

/** Index of the first number of a replica in the states of all lane groups. */
function firstNumber(shape: StateShape, replica: number): number {
  const lanes = lanesOf(shape.precision);
  return Math.floor(replica / lanes) * (groupBytes(shape) / bytesOf(shape.precision)) + (replica % lanes);
}

/** Writes the Theta of one replica into zeroed states. */
export function writeTheta(
  shape: StateShape,
  states: Float64Array | Float32Array,
  replica: number,
  theta: Theta,
): void {
  const columns = shape.inputs + shape.outputs;
  const first = firstNumber(shape, replica);
  for (let k = 0; k < shape.units; k++) {
    const weights = first + rowStart(shape, k);
    const stride = rowStride(shape, k);
    for (let j = 0; j < columns; j++) states[weights + j * stride] = theta.data[k * columns + j];
  }
}

/**
 * Reads Theta = scale * (stored Theta + the update still pending) of one replica. Leaves the states as they are, so
 * that reading cannot change the numbers that follow. O(B k (n + m)).
 */
export function readTheta(
  shape: StateShape,
  states: Float64Array | Float32Array,
  replica: number,
  scale: number,
  into: Theta,
): void {
  const { precision, inputs, outputs, units, paddedUnits, batch } = shape;
  const columns = inputs + outputs;
  const lanes = lanesOf(precision);
  const first = firstNumber(shape, replica);
  const hidden = first + paddedUnits * columns * lanes;
  const records = hidden + batch * paddedUnits * lanes;
  const out = into.data;
  for (let k = 0; k < units; k++) {
    const row = k * columns;
    const weights = first + rowStart(shape, k);
    const stride = rowStride(shape, k);
    for (let j = 0; j < columns; j++) out[row + j] = scale * states[weights + j * stride];
    for (let s = 0; s < batch; s++) {
      const record = records + s * columns * lanes;
      let back = 0;
      for (let j = inputs; j < columns; j++) back += states[weights + j * stride] * states[record + j * lanes];
      const activation = states[hidden + (s * paddedUnits + k) * lanes];
      for (let j = 0; j < inputs; j++) out[row + j] += scale * back * states[record + j * lanes];
      for (let j = inputs; j < columns; j++) out[row + j] += scale * activation * states[record + j * lanes];
    }
  }
}

/**
 * Where the weights of unit k begin after that, and how far apart they lie: blocks of four units (the last perhaps of two),
 * columns, units, lanes.
 */
const rowStart = ({ precision, inputs, outputs }: StateShape, k: number): number =>
  ((k - (k % 4)) * (inputs + outputs) + (k % 4)) * lanesOf(precision);
const rowStride = ({ precision, paddedUnits }: StateShape, k: number): number =>
  Math.min(paddedUnits - (k - (k % 4)), 4) * lanesOf(precision);
