import { InvalidInputError, nearest } from '#core';
import { AXES, type Axis } from './recording.js';

/** Stands for an axis of size 1 that is no axis of a recording. */
export const DROPPED = '-';

/** What else axes are called. */
const synonyms: Readonly<Record<string, Axis>> = {
  day: 'session',
  time: 'session',
  checkpoint: 'session',
  cell: 'neuron',
  unit: 'neuron',
  repeat: 'trial',
};
const names: Readonly<Record<string, Axis>> = {
  ...Object.fromEntries(AXES.map((axis) => [axis, axis])),
  ...synonyms,
  stimuli: 'stimulus',
};

/** What each axis of an array is, in its order. */
export type AxisList = readonly (Axis | typeof DROPPED)[];

const ACCEPTED =
  'session (or day, time, checkpoint), trial (or repeat), stimulus, neuron (or cell, unit), and - for an axis of size 1';

/**
 * The axes of an array from their names, `session,trial,stimulus,neuron` or in any other order, singular or plural. There are a
 * stimulus and a neuron among them; without a session the array is one session, without a trial it is declared free of
 * trial noise. Throws InvalidInputError.
 */
export function parseAxes(text: string | readonly string[]): AxisList {
  const words = (typeof text === 'string' ? text.split(',') : text).map((word) => word.trim().toLowerCase());
  const axes = words.map((word) => axisNamed(word, words));
  const twice = AXES.find((axis) => axes.indexOf(axis) !== axes.lastIndexOf(axis));
  if (twice !== undefined)
    throw new InvalidInputError(`the axes ${words.join(',')} name the ${twice} twice, expected once`);
  for (const axis of ['stimulus', 'neuron'] as const) {
    if (axes.includes(axis)) continue;
    throw new InvalidInputError(`the axes ${words.join(',')} lack the ${axis}, expected ${ACCEPTED}`);
  }
  return axes;
}

function axisNamed(word: string, words: readonly string[]): Axis | typeof DROPPED {
  if (word === DROPPED) return DROPPED;
  const singular = Object.hasOwn(names, word) ? word : word.replace(/s$/, '');
  if (Object.hasOwn(names, singular)) return names[singular];
  const meant = nearest(word, Object.keys(names));
  const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
  throw new InvalidInputError(
    `the axes ${words.join(',')} have ${word === '' ? 'an empty name' : `the unknown name ${word}`}, expected ${ACCEPTED}${hint}`,
  );
}

/** Axes that an array of so many dimensions may have, as an example for messages. */
export function exampleAxes(dimensions: number): string {
  if (dimensions <= 2) return 'stimulus,neuron';
  if (dimensions === 3) return 'session,stimulus,neuron or trial,stimulus,neuron';
  return ['session,trial,stimulus,neuron', ...Array<string>(dimensions - 4).fill(DROPPED)].join(',');
}
