import { nearest } from '#core';
import type { NumericArray } from './arrays/numeric-array.js';
import { exampleAxes, type AxisList } from './axes.js';
import type { Container, Entry } from './container.js';
import { naturalOrder } from './natural-order.js';

const MAX_LISTED = 24;

/**
 * The entry named by a key, or, without one, the only array with enough dimensions. Throws Error that lists what is there.
 */
export function selectEntry(container: Container, key: string | undefined, axes: AxisList | null): Entry {
  const { noun, hint = '' } = container;
  if (key !== undefined) return entryNamed(container.entries, noun, key);
  const entries = container.entries.filter(({ isPart }) => isPart !== true);
  const arrays = entries.filter(({ kind }) => kind === 'array' || kind === 'list');
  const needed = axes?.length ?? 2;
  const large = arrays.filter(({ shape }) => shape.length >= Math.min(needed, 2));
  const fitting = large.filter((entry) => mayHave(entry, needed));
  const [only] = fitting.length > 0 ? fitting : large;
  if ((fitting.length > 0 ? fitting : large).length === 1) return only;
  if (entries.length === 1 && arrays.length === 0) {
    throw new Error(`its ${noun} ${entries[0].name} holds ${entries[0].what}, expected real numbers`);
  }
  if (large.length > 0) {
    const expected = 'expected --key with the name of one, or of all that are its sessions with * for what differs';
    throw new Error(`holds several ${noun}s; ${expected}${listed(entries)}${hint}`);
  }
  // Of structures within cell arrays within structures only the parts are arrays.
  const parts = container.entries.filter(
    ({ isPart, shape, kind }) => isPart === true && kind !== 'other' && shape.length > 1,
  );
  throw new Error(`holds no ${noun} of numbers with two axes or more${listed([...entries, ...parts], true)}${hint}`);
}

/** MATLAB's arrays may have lost one axis at their end. */
const mayHave = ({ shape, dropsTrailingAxes }: Entry, dimensions: number): boolean =>
  shape.length >= dimensions - (dropsTrailingAxes === true && dimensions > 2 ? 1 : 0);

/** The entry of this name, with or without a slash before it. Throws Error that lists what is there. */
export function entryNamed(entries: readonly Entry[], noun: string, key: string): Entry {
  if (key.includes('*')) return sessionsNamed(entries, noun, plain(key));
  const found = entries.find(({ name }) => plain(name) === plain(key));
  if (found) return found;
  const inside = entries.filter(({ name }) => new RegExp(`^${escaped(plain(key))}[./]`).test(plain(name)));
  if (inside.length > 0)
    throw new Error(`its ${key} is a group, expected the name of one ${noun} in it${listed(inside)}`);
  const meant = nearest(
    key,
    entries.map(({ name }) => name),
  );
  throw new Error(`has no ${noun} ${key}${meant === undefined ? '' : `; did you mean ${meant}?`}${listed(entries)}`);
}

const plain = (name: string): string => name.replace(/^\/+|\/+$/g, '');

/** All arrays whose names match a pattern, in natural order, as a list. */
function sessionsNamed(entries: readonly Entry[], noun: string, key: string): Entry {
  const pattern = new RegExp(`^${key.split('*').map(escaped).join('[^/]*')}$`);
  const matching = entries.filter(({ name, isPart }) => isPart !== true && pattern.test(plain(name)));
  const arrays = matching.filter(({ kind }) => kind === 'array').sort((a, b) => naturalOrder(a.name, b.name));
  if (arrays.length === 0) throw new Error(`has no ${noun} of numbers that matches ${key}${listed(entries)}`);
  return {
    name: key,
    shape: [arrays.length, ...arrays[0].shape],
    kind: 'list',
    what: `${arrays.length} arrays`,
    dropsTrailingAxes: arrays[0].dropsTrailingAxes === true,
    read: async () => {
      const items: NumericArray[] = [];
      for (const entry of arrays) {
        const content = await entry.read();
        if (content.kind === 'array') items.push(content.array);
      }
      return { kind: 'list', shape: [items.length], items };
    },
  };
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const listed = (all: readonly Entry[], withParts = false): string => {
  const entries = all.filter(({ isPart }) => withParts || isPart !== true);
  if (entries.length === 0) return '; it is empty';
  const more = entries.length > MAX_LISTED ? `, and ${entries.length - MAX_LISTED} more` : '';
  return `; it has ${entries.slice(0, MAX_LISTED).map(entryText).join(', ')}${more}`;
};

const entryText = ({ name, shape, kind, what }: Entry): string =>
  `${name} (${shape.length === 0 ? '' : shape.join(' x ')}${kind === 'array' ? '' : `${shape.length === 0 ? '' : ', '}${what}`})`;

/** What an array without named axes is answered with. */
export function axesMissing({ entries, hint = '' }: Container, entry: Entry): Error {
  const { name, shape } = entry;
  return new Error(
    `its array ${name} has the shape ${shape.join(' x ')}, and which axis is which is never guessed: ` +
      `expected --axes with a name for each, in this order, e.g. --axes ${exampleAxes(shape.length)}` +
      `${partHint(entry, entries)}${hint}`,
  );
}

/** What may be meant where an array has other axes than are named. */
export function shapeHint({ entries, hint = '' }: Container, entry: Entry, axes: AxisList): string {
  const part = partHint(entry, entries);
  if (part !== '' || hint !== '') return `${part}${hint}`;
  const areTraces = entry.shape.length <= 2 && axes.length > 2;
  return areTraces ? '; traces over time have to become responses to stimuli first (docs/recordings.md)' : '';
}

/** How one array of a list is named. */
const partHint = ({ name }: Entry, entries: readonly Entry[]): string =>
  entries.some((other) => other.name === `${name}{1}`) ? `; one of its arrays alone is --key '${name}{1}'` : '';
