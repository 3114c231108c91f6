import { npyHeader, parseNpy, readNpyColumn } from '#core';
import { columnMajor, rowMajor } from '../arrays/numeric-array.js';
import type { Container, Content, Entry } from '../container.js';
import { readZip } from '../zip/archive.js';

/** More than the header of any array of numbers. */
const HEADER_BYTES = 4096;

/** The array of a .npy file. */
export const npyContainer = (bytes: Uint8Array, name: string): Container => ({
  entries: [npyEntry(name, bytes, () => bytes)],
  noun: 'array',
});

/** The arrays of a .npz file. */
export const npzContainer = (bytes: Uint8Array): Container => ({
  entries: readZip(bytes)
    .filter(({ name }) => name.endsWith('.npy'))
    .map((member) => npyEntry(member.name.slice(0, -4), member.head(HEADER_BYTES), () => member.read())),
  noun: 'array',
});

function npyEntry(name: string, head: Uint8Array, read: () => Uint8Array): Entry {
  const { descr, shape } = npyHeader(head);
  const type = descr.replace(/^[<>=|]/, '');
  if (/^(b1|[iu][1248]|f[248])$/.test(type)) {
    return { name, shape, kind: 'array', what: 'numbers', read: () => numbersOf(read()) };
  }
  if (/^U\d+$/.test(type) && shape.length === 1) {
    return { name, shape, kind: 'text', what: 'text', read: () => ({ kind: 'text', lines: linesOf(read()) }) };
  }
  const what = `${unusable[type[0]] ?? 'values'} (${descr})`;
  return { name, shape, kind: 'other', what, read: () => numbersOf(read()) };
}

const unusable: Readonly<Record<string, string>> = {
  c: 'complex numbers',
  O: 'Python objects',
  U: 'text',
  S: 'text',
  M: 'dates',
  m: 'time differences',
};

function numbersOf(bytes: Uint8Array): Content {
  const { shape, values, fortranOrder } = parseNpy(bytes, true);
  return { kind: 'array', array: fortranOrder ? columnMajor(shape, values) : rowMajor(shape, values) };
}

const linesOf = (bytes: Uint8Array): string[] => readNpyColumn(bytes).map(String);
