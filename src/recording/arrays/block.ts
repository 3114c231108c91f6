import { AXES, type Axis } from '../recording.js';

/** Sizes of the axes of a recording. */
export type Sizes = Readonly<Record<Axis, number>>;

/** Activity as x[session, trial, stimulus, neuron], row-major, and what its file says about it. */
export interface Block {
  /** The file that it comes from, for messages. */
  readonly file: string;
  readonly sizes: Sizes;
  readonly values: Float64Array | Float32Array;
  /** Whether there were axes of that name. */
  readonly hasSessions: boolean;
  readonly hasTrials: boolean;
  /** Of its sessions; null where the file has none. */
  readonly times: readonly number[] | null;
  readonly labels: readonly string[] | null;
}

const units: Readonly<Record<Axis, readonly [one: string, several: string]>> = {
  session: ['session', 'sessions'],
  trial: ['trial', 'trials'],
  stimulus: ['stimulus', 'stimuli'],
  neuron: ['neuron', 'neurons'],
};

/** For example `8 sessions x 20 trials x 12 stimuli x 90 neurons`. */
export const sizesText = (sizes: Sizes, axes: readonly Axis[] = AXES): string =>
  axes.map((axis) => `${sizes[axis]} ${units[axis][sizes[axis] === 1 ? 0 : 1]}`).join(' x ');

/** Most values of one recording: 4 GiB in double precision. */
const MAX_VALUES = 2 ** 29;

/**
 * Room for the values of a recording, all missing at first; in single precision where that holds all of them. Throws Error
 * when it is too large.
 */
export function roomFor(sizes: Sizes, isSingle: boolean): Float64Array | Float32Array {
  const count = AXES.reduce((product, axis) => product * sizes[axis], 1);
  if (count > MAX_VALUES) {
    throw new Error(`it would have ${count} values (${sizesText(sizes)}), at most ${MAX_VALUES} are analysed`);
  }
  return (isSingle ? new Float32Array(count) : new Float64Array(count)).fill(NaN);
}
