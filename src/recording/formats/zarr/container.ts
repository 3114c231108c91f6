import type * as Zarr from 'zarrita';
import { countOf, type NumericArray } from '../../arrays/numeric-array.js';
import type { Container, Content, Entry } from '../../container.js';
import type { ZarrStore } from './store.js';

type ZarrArray = Zarr.Array<Zarr.DataType>;

const MAX_VALUES = 2 ** 29;
const NUMBERS = /^(bool|u?int(8|16|32|64)|float(32|64))$/;
const TEXT = /^(string|v2:[US]\d+)$/;

/**
 * The arrays of a Zarr hierarchy of version 2 or 3, with the compressions of zarrita (none, gzip, zlib, Blosc, Zstandard, LZ4).
 * Chunks are read when their array is. `name` is that of an array at the root. Throws Error.
 */
export async function zarrContainer(store: ZarrStore, name: string): Promise<Container> {
  const zarr = await import('zarrita');
  const readable = { get: (key: string) => store.get(key.replace(/^\/+/, '')) };
  const entries: Entry[] = [];
  for (const path of await store.arrays()) {
    entries.push(...(await entriesAt(zarr, readable, path, path === '' ? name : path)));
  }
  return { entries, noun: 'array' };
}

/** The array at a path; none for a group. */
async function entriesAt(zarr: typeof Zarr, store: Zarr.AsyncReadable, path: string, name: string): Promise<Entry[]> {
  const place = zarr.root(store).resolve(path);
  const description = await store.get(place.resolve('.zarray').path);
  try {
    const node = await (description ? zarr.open.v2(place, { kind: 'array' }) : zarr.open.v3(place));
    return node.kind === 'array' ? [entryOf(zarr, node, name)] : [];
  } catch (error) {
    const isComplex = /"[<>|]c\d+"/.test(new TextDecoder().decode(description));
    const what = isComplex ? 'complex numbers' : `what cannot be read (${(error as Error).message})`;
    return [
      {
        name,
        shape: [],
        kind: 'other',
        what,
        read: () => Promise.reject(new Error(`its array ${name} holds ${what}`)),
      },
    ];
  }
}

function entryOf(zarr: typeof Zarr, array: ZarrArray, name: string): Entry {
  const { shape, dtype } = array;
  if (!Array.isArray(shape) || !shape.every((length) => Number.isInteger(length) && length >= 0)) {
    throw new Error(`is damaged: its array ${name} claims a shape that is none`);
  }
  const what = NUMBERS.test(dtype) ? 'numbers' : TEXT.test(dtype) ? 'text' : `values of type ${dtype}`;
  const kind = what === 'numbers' ? 'array' : what === 'text' ? 'text' : 'other';
  return { name, shape, kind, what, axes: axesOf(array), read: () => contentOf(zarr, array, name, kind === 'text') };
}

/** Names of the axes: of version 3, or, of version 2, those that xarray writes. */
function axesOf({ dimensionNames, attrs, shape }: ZarrArray): string[] | undefined {
  const names: unknown = dimensionNames ?? attrs._ARRAY_DIMENSIONS;
  const areNames =
    Array.isArray(names) && names.length === shape.length && names.every((name) => typeof name === 'string');
  return areNames ? names : undefined;
}

async function contentOf(zarr: typeof Zarr, array: ZarrArray, name: string, isText: boolean): Promise<Content> {
  const { shape } = array;
  if (countOf(shape) > MAX_VALUES || countOf(array.chunks) > MAX_VALUES) {
    throw new Error(`its array ${name} claims the shape ${shape.join(' x ')}, at most ${MAX_VALUES} values are read`);
  }
  const read = shape.length === 0 ? null : await chunksOf(zarr, array, name);
  if (!read) throw new Error(`its array ${name} is a single value, expected an array`);
  if (isText) return { kind: 'text', lines: Array.from(read.data as Iterable<unknown>, String) };
  return { kind: 'array', array: { shape, strides: read.stride, values: numbersOf(read.data) } };
}

/** All chunks, one after the other: thousands of files must not be open at once. */
async function chunksOf(zarr: typeof Zarr, array: ZarrArray, name: string): Promise<Zarr.Chunk<Zarr.DataType>> {
  const tasks: (() => Promise<void>)[] = [];
  const queue = {
    add: (task: () => Promise<void>) => {
      tasks.push(task);
    },
    onIdle: async () => {
      for (const task of tasks) await task();
      return [];
    },
  };
  try {
    return await zarr.get(array, null, { createQueue: () => queue });
  } catch (error) {
    const { message, cause } = error as Error;
    const reason = cause instanceof Error ? `${message}: ${cause.message}` : message;
    throw new Error(`is damaged, or compressed in another way: its array ${name} cannot be read: ${reason}`);
  }
}

function numbersOf(data: Zarr.Chunk<Zarr.DataType>['data']): NumericArray['values'] {
  if (data instanceof Float64Array || data instanceof Float32Array) return data;
  return Float64Array.from(data as Iterable<number | bigint | boolean>, Number);
}
