import type { AxisList } from '../axes.js';
import { DROPPED, exampleAxes } from '../axes.js';
import type { Content } from '../container.js';
import { AXES, type Axis } from '../recording.js';
import { roomFor, type Block, type Sizes } from './block.js';
import { countOf, shapeText, type NumericArray } from './numeric-array.js';

type Arranged = Pick<Block, 'sizes' | 'values' | 'hasSessions' | 'hasTrials'>;

/**
 * An array, or a list of arrays, as x[session, trial, stimulus, neuron]. The axes of a list come before those of its arrays;
 * numbers of trials may differ between these: missing ones are NaN. Throws Error that says what was found, and the hint where the axes
 * named are not as many.
 */
export function arrange(
  content: Content,
  axes: AxisList,
  {
    dropsTrailingAxes = false,
    hint = '',
  }: { readonly dropsTrailingAxes?: boolean | undefined; readonly hint?: string } = {},
): Arranged {
  if (content.kind === 'text') throw new Error('it holds text, expected numbers');
  const outer = content.kind === 'list' ? listAxes(content.shape) : [];
  const all = content.kind === 'list' ? content.items : [content.array];
  const arrays = all.map((array) => withTrailingAxes(array, axes.length - outer.length, axes, dropsTrailingAxes));
  if (arrays.length === 0) throw new Error('it is an empty list, expected arrays');
  for (const { shape } of arrays) assertFits([...outer, ...shape], axes, content.kind === 'list', hint);
  const sizes = commonSizes(arrays, outer, axes);
  const hasSessions = axes.includes('session');
  const hasTrials = axes.includes('trial');
  const [first] = arrays;
  if (content.kind === 'array' && isCanonical(first, axes)) {
    return { sizes, values: first.values, hasSessions, hasTrials };
  }
  const values = roomFor(
    sizes,
    arrays.every((array) => array.values instanceof Float32Array),
  );
  const steps = stepsOf(sizes);
  arrays.forEach((array, k) => {
    copy(array, innerSteps(axes.slice(outer.length), steps), values, outerPlace(k, outer, axes, steps));
  });
  return { sizes, values, hasSessions, hasTrials };
}

/** A list along one axis is a vector, whether it stands or lies. */
const listAxes = (shape: readonly number[]): readonly number[] => {
  const long = shape.filter((length) => length !== 1);
  return long.length <= 1 ? [long.at(0) ?? 1] : shape;
};

/** MATLAB has no axes of size 1 at the end: what lacks a last axis has one trial, or one array of a list. */
function withTrailingAxes(array: NumericArray, dimensions: number, axes: AxisList, isDropped: boolean): NumericArray {
  const missing = dimensions - array.shape.length;
  if (!isDropped || missing <= 0 || !axes.slice(-missing).every((axis) => axis === 'trial' || axis === DROPPED))
    return array;
  const ones = Array<number>(missing).fill(1);
  return { ...array, shape: [...array.shape, ...ones], strides: [...array.strides, ...ones] };
}

function assertFits(shape: readonly number[], axes: AxisList, isList: boolean, hint: string): void {
  if (shape.length !== axes.length) {
    throw new Error(
      `${isList ? 'the list and its arrays have' : 'the array has'} ${shape.length} ${shape.length === 1 ? 'axis' : 'axes'} (${shapeText(shape)}), ` +
        `but ${axes.length} ${axes.length === 1 ? 'is' : 'are'} named (${axes.join(',')}), ` +
        `expected one name for each axis, e.g. --axes ${exampleAxes(shape.length)}${hint}`,
    );
  }
  const long = axes.findIndex((axis, k) => axis === DROPPED && shape[k] !== 1);
  if (long >= 0) throw new Error(`its axis ${long + 1}, named ${DROPPED}, has size ${shape[long]}, expected 1`);
  if (countOf(shape) === 0) throw new Error(`it is empty (${shapeText(shape)}), expected at least one number`);
}

/** Sizes of all axes: of trials the most, all others must be equal. */
function commonSizes(arrays: readonly NumericArray[], outer: readonly number[], axes: AxisList): Sizes {
  const sizes = { session: 1, trial: 1, stimulus: 1, neuron: 1 };
  axes.forEach((axis, k) => {
    if (axis === DROPPED) return;
    const lengths = arrays.map(({ shape }) => [...outer, ...shape][k]);
    const other = lengths.findIndex((length) => length !== lengths[0]);
    if (other > 0 && axis !== 'trial') {
      throw new Error(
        `its arrays 1 and ${other + 1} have ${lengths[0]} and ${lengths[other]} along ${axis}, expected the same; ` +
          'what was not recorded is NaN',
      );
    }
    sizes[axis] = lengths.reduce((most, length) => Math.max(most, length), 0);
  });
  return sizes;
}

const stepsOf = (sizes: Sizes): Sizes => {
  const at = (axis: Axis): number => countOf(AXES.slice(AXES.indexOf(axis) + 1).map((later) => sizes[later]));
  return { session: at('session'), trial: at('trial'), stimulus: at('stimulus'), neuron: at('neuron') };
};

const innerSteps = (axes: AxisList, steps: Sizes): number[] => axes.map((axis) => (axis === DROPPED ? 0 : steps[axis]));

/** Where the array k of a list begins; lists of several axes lie as MATLAB lays them, the first axis running fastest. */
function outerPlace(k: number, outer: readonly number[], axes: AxisList, steps: Sizes): number {
  let [rest, place] = [k, 0];
  outer.forEach((length, axis) => {
    const name = axes[axis];
    if (name !== DROPPED) place += (rest % length) * steps[name];
    rest = Math.floor(rest / length);
  });
  return place;
}

/** Whether the numbers lie as those of a recording do. */
function isCanonical({ shape, strides }: NumericArray, axes: AxisList): boolean {
  let expected = 1;
  let last = Infinity;
  for (let k = shape.length - 1; k >= 0; k--) {
    const axis = axes[k];
    if (shape[k] === 1 || axis === DROPPED) continue;
    if (strides[k] !== expected || AXES.indexOf(axis) >= last) return false;
    last = AXES.indexOf(axis);
    expected *= shape[k];
  }
  return true;
}

/** Copies an array into place, its longest steps outermost, so that memory is read in order where that is possible. */
function copy(array: NumericArray, steps: readonly number[], target: NumericArray['values'], start: number): void {
  const { shape, strides, values } = array;
  const order = shape.map((_, axis) => axis).sort((a, b) => steps[b] - steps[a] || strides[b] - strides[a]);
  const inner = order.at(-1);
  if (inner === undefined) {
    target[start] = values[0];
    return;
  }
  const [length, from, to] = [shape[inner], strides[inner], steps[inner]];
  const walk = (depth: number, source: number, place: number): void => {
    const axis = order[depth];
    if (depth < order.length - 1) {
      for (let i = 0; i < shape[axis]; i++) walk(depth + 1, source + i * strides[axis], place + i * steps[axis]);
      return;
    }
    for (let i = 0; i < length; i++) target[place + i * to] = values[source + i * from];
  };
  walk(0, 0, start);
}
