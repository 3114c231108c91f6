import { InvalidInputError } from '#core';
import { isNumberKey, numberKeys, readNumber, type NumberKey } from './fields.js';
import { applies, presetDefaults, presets, targets, type Parameters } from './presets.js';

/** How the simulation is watched: no number depends on it. */
export interface ViewState {
  /** Samples per second at most. */
  readonly maxSampleRate: number;
  /** The stimulus whose time courses are shown, from 0. */
  readonly selectedProbe: number;
}

export const defaultViewState: ViewState = { maxSampleRate: Infinity, selectedProbe: 0 };

/** The choices of maxSampleRate and their names. */
export const maxSampleRates: ReadonlyMap<number, string> = new Map([
  [Infinity, 'as fast as possible'],
  [30, '30 samples per second'],
  [5, '5 samples per second'],
  [1, '1 sample per second'],
]);

/** The state as the part of a link after #. Only what differs from the defaults of the preset is written. */
export function toHash(parameters: Parameters, { maxSampleRate, selectedProbe }: ViewState = defaultViewState): string {
  const { preset, target } = parameters;
  const used = numberKeys.filter((key) => applies(key, preset) && parameters[key] !== presetDefaults[preset][key]);
  const entries: [string, string][] = [['preset', preset]];
  if (target !== 'identity') entries.push(['target', target]);
  for (const key of used) entries.push([key, `${parameters[key]}`]);
  if (maxSampleRate !== defaultViewState.maxSampleRate) entries.push(['pace', `${maxSampleRate}`]);
  if (selectedProbe !== defaultViewState.selectedProbe) entries.push(['follow', `${selectedProbe + 1}`]);
  return new URLSearchParams(entries).toString();
}

/**
 * The state of a link. Throws InvalidInputError for an unknown key, a value of the wrong type, or a number out of
 * range.
 */
export function fromHash(hash: string): ViewState & { readonly parameters: Parameters } {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const preset = oneOf(presets, 'preset', given.get('preset') ?? 'isotropic');
  const known = ['preset', 'target', ...numberKeys, 'pace', 'follow'];
  const numbers: Partial<Record<NumberKey, number>> = {};
  for (const [key, text] of given) {
    if (!known.includes(key)) throw new InvalidInputError(`the link has ${key}, expected only ${known.join(', ')}`);
    if (isNumberKey(key)) numbers[key] = readNumber(key, text);
  }
  const target = oneOf(targets, 'target', given.get('target') ?? 'identity');
  const maxSampleRate = Number(given.get('pace') ?? defaultViewState.maxSampleRate);
  if (!maxSampleRates.has(maxSampleRate)) {
    throw new InvalidInputError(
      `the link has pace ${given.get('pace')}, expected ${[...maxSampleRates.keys()].join(', ')}`,
    );
  }
  const follow = given.get('follow') ?? '1';
  if (!/^[1-9]\d{0,3}$/.test(follow)) {
    throw new InvalidInputError(`the link has follow ${follow.slice(0, 30)}, expected the number of a probe, from 1`);
  }
  return {
    parameters: { ...presetDefaults[preset], target, ...numbers },
    maxSampleRate,
    selectedProbe: Number(follow) - 1,
  };
}

function oneOf<Key extends string>(values: Readonly<Record<Key, string>>, what: string, found: string): Key {
  if (isKey(values, found)) return found;
  throw new InvalidInputError(`the link has ${what} ${found.slice(0, 30)}, expected ${Object.keys(values).join(', ')}`);
}

const isKey = <Key extends string>(values: Readonly<Record<Key, string>>, key: string): key is Key =>
  Object.hasOwn(values, key);
