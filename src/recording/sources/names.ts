import { InvalidInputError } from '#core';
import { endingOf } from '../formats/formats.js';

const partsOf = (path: string): string[] => path.split(/[\\/]+/).filter((part) => part !== '' && part !== '.');

/** The last part of a path without its ending. */
const stem = (path: string): string => {
  const last = partsOf(path).at(-1) ?? path;
  return last.slice(0, last.length - (endingOf(last)?.length ?? 0)).replace(/\.zarr$/i, '');
};

/** Throws InvalidInputError for a file that is named more than once: it would count as another animal, or as another session. */
export function assertOnce(paths: readonly string[]): void {
  const places = paths.map((path) => (/^[\\/]/.test(path) ? '/' : '') + partsOf(path).join('/'));
  places.forEach((place, k) => {
    const times = places.filter((other) => other === place).length;
    if (times === 1) return;
    throw new InvalidInputError(
      `${paths[k]}: is named ${times === 2 ? 'twice' : `${times} times`}, expected each file once: it is one animal, or one session`,
    );
  });
}

/** Names of animals from their paths: the last part, with the directories before it where that is needed to tell them apart. */
export function animalNames(paths: readonly string[]): string[] {
  const stems = paths.map(stem);
  const names = paths.map((path, k) => {
    if (stems.indexOf(stems[k]) === stems.lastIndexOf(stems[k])) return stems[k];
    return [...partsOf(path).slice(0, -1), stems[k]].join('/');
  });
  return names.map((name, k) => {
    const before = names.slice(0, k).filter((other) => other === name).length;
    return before === 0 ? name : `${name} ${before + 1}`;
  });
}

/** What files that are sessions of one animal are called: what the names have in common, or the directory of the first. */
export function nameOfSessions(paths: readonly string[]): string {
  const [first, ...rest] = paths;
  if (rest.length === 0) return first;
  const stems = paths.map(stem);
  let length = stems[0].length;
  for (const other of stems) while (!other.startsWith(stems[0].slice(0, length))) length--;
  const common = stems[0].slice(0, length).replace(/([-_. ]+(session|day|s|d)?|\b(session|day))?[-_. \d]*$/i, '');
  if (common !== '') return common;
  return partsOf(first).at(-2) ?? stems[0];
}
