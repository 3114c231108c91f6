import type { Dataset, Metadata } from 'h5wasm';
import { countOf } from '../../arrays/numeric-array.js';

/** Classes of types in HDF5. */
export const HDF5_CLASS = { integer: 0, float: 1, text: 3, compound: 6, reference: 7, enumeration: 8 };

/** Bytes that are in the memory of the library at once, unless its chunks are larger, and most of these. */
const PIECE = 2 ** 25;
const MAX_PIECE = 2 ** 30;
const MAX_VALUES = 2 ** 30;

/** Whether a dataset holds real numbers or truth values, and what it holds otherwise. */
export function contentOf({ type, size, shape, enum_type, compound_type, vlen }: Metadata): string {
  if (shape === null) return 'nothing';
  if (type === HDF5_CLASS.integer) return 'numbers';
  if (type === HDF5_CLASS.float)
    return size === 4 || size === 8 ? 'numbers' : `floating-point numbers of ${8 * size} bits`;
  if (type === HDF5_CLASS.text) return 'text';
  if (type === HDF5_CLASS.enumeration) {
    return Object.keys(enum_type?.members ?? {})
      .sort()
      .join() === 'FALSE,TRUE'
      ? 'numbers'
      : 'enumerated values';
  }
  if (type === HDF5_CLASS.compound) {
    const names = compound_type?.members.map(({ name }) => name).join();
    return names === 'r,i' || names === 'real,imag' ? 'complex numbers' : 'records of several fields';
  }
  if (type === HDF5_CLASS.reference) return 'references';
  return vlen || type === 9 ? 'lists of different lengths' : 'values of an unknown type';
}

type Numbers = ArrayLike<number> | ArrayLike<bigint>;

/**
 * All numbers of a dataset, in the order of the file, read in pieces along its first axis: Float32Array for single precision,
 * Float64Array for all others. Throws Error.
 */
export function readNumbers(dataset: Dataset, name: string): Float64Array | Float32Array {
  const { type, size, shape, chunks } = dataset.metadata;
  const lengths = shape ?? [];
  const count = countOf(lengths);
  if (count > MAX_VALUES) throw new Error(`its array ${name} has ${count} values, at most ${MAX_VALUES} are read`);
  const isSingle = type === HDF5_CLASS.float && size === 4;
  const values = isSingle ? new Float32Array(count) : new Float64Array(count);
  if (count === 0) return values;
  if (lengths.length === 0) {
    values[0] = Number(explained(name, () => dataset.value));
    return values;
  }
  const row = countOf(lengths.slice(1));
  const rows = rowsAtOnce(row * size, chunks?.[0] ?? 1);
  for (let first = 0; first < lengths[0]; first += rows) {
    const last = Math.min(first + rows, lengths[0]);
    const piece = explained(name, () => dataset.slice([[first, last]])) as Numbers;
    copyNumbers(piece, values, first * row);
  }
  return values;
}

/** Whole chunks at once, so that each is inflated once. */
function rowsAtOnce(bytesOfRow: number, chunk: number): number {
  const step = chunk * bytesOfRow <= MAX_PIECE ? chunk : 1;
  return step * Math.max(1, Math.floor(PIECE / (step * bytesOfRow)));
}

function copyNumbers(piece: Numbers, values: Float64Array | Float32Array, start: number): void {
  if (typeof piece[0] === 'number') values.set(piece as ArrayLike<number>, start);
  else for (let k = 0; k < piece.length; k++) values[start + k] = Number(piece[k]);
}

/** Runs what reads a dataset, with an error that users understand in place of the library's. */
export function explained<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const filter = /required filter '([^']*)'/.exec((error as Error).message)?.[1];
    const reason =
      filter === undefined
        ? 'is damaged, or too large'
        : `is compressed by ${filter === '' ? 'a filter of its own' : filter}, expected no compression or gzip (h5repack -f GZIP=4)`;
    throw new Error(`its array ${name} cannot be read: it ${reason}`);
  }
}
