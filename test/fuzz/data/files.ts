// Data files that are right, as bytes: tables of numbers in NPY and CSV.
import type { Choices } from '../random.js';

export type Table = readonly (readonly number[])[];

const writers = {
  '<f8': (view: DataView, at: number, value: number) => {
    view.setFloat64(at, value, true);
  },
  '>f8': (view: DataView, at: number, value: number) => {
    view.setFloat64(at, value, false);
  },
  '<f4': (view: DataView, at: number, value: number) => {
    view.setFloat32(at, value, true);
  },
  '>i4': (view: DataView, at: number, value: number) => {
    view.setInt32(at, value, false);
  },
  '<i2': (view: DataView, at: number, value: number) => {
    view.setInt16(at, value, true);
  },
  '|i1': (view: DataView, at: number, value: number) => {
    view.setInt8(at, value);
  },
} as const;

/** A file as numpy.save writes it, of any version, type and order. */
export function npyFile(table: Table, choices: Choices): Uint8Array<ArrayBuffer> {
  const descr = choices.pick(Object.keys(writers) as (keyof typeof writers)[]);
  const fortran = choices.chance(0.3);
  const version = choices.pick([1, 1, 2, 3]);
  const size = Number(descr[2]);
  const cols = table[0].length;
  const dictionary = `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': (${table.length}, ${cols}), }`;
  const start = version === 1 ? 10 : 12;
  const length = 64 * Math.ceil((start + dictionary.length + 1) / 64);
  const bytes = new Uint8Array(length + table.length * cols * size);
  const view = new DataView(bytes.buffer);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0]);
  if (version === 1) view.setUint16(8, length - start, true);
  else view.setUint32(8, length - start, true);
  bytes.set(new TextEncoder().encode(`${dictionary.padEnd(length - start - 1)}\n`), start);
  const values = fortran ? table[0].flatMap((_, col) => table.map((row) => row[col])) : table.flat();
  values.forEach((value, k) => {
    writers[descr](view, length + k * size, descr[1] === 'i' ? Math.round(value) : value);
  });
  return bytes;
}

export function csvFile(table: Table, choices: Choices): Uint8Array<ArrayBuffer> {
  const [separator, end] = [choices.pick([',', ',', ';', '\t']), choices.pick(['\n', '\r\n'])];
  const header = choices.chance(0.5) ? [table[0].map((_, k) => `x${k}`)] : [];
  const lines = [...header, ...table].map((cells) => cells.join(separator));
  return new TextEncoder().encode(lines.join(end) + (choices.chance(0.5) ? end : ''));
}
