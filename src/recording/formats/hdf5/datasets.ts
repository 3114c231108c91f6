import type { Dataset, Group } from 'h5wasm';
import { rowMajor } from '../../arrays/numeric-array.js';
import type { Content, Entry } from '../../container.js';
import type { Hdf5Library } from './library.js';
import { contentOf, explained, readNumbers } from './numbers.js';

/** All datasets of an HDF5 file by their paths. */
export function datasetEntries(library: Hdf5Library, file: Group): Entry[] {
  return file.paths().flatMap((name) => {
    const object = file.get(name);
    return object instanceof library.Dataset ? [entryOf(name, object)] : [];
  });
}

function entryOf(name: string, dataset: Dataset): Entry {
  const { metadata } = dataset;
  const shape = metadata.shape ?? [];
  const what = contentOf(metadata);
  const common = { name, shape, what };
  if (what === 'numbers') {
    return {
      ...common,
      kind: 'array',
      axes: axesOf(dataset, shape.length),
      read: () => ({ kind: 'array', array: rowMajor(shape, readNumbers(dataset, name)) }),
    };
  }
  if (what === 'text')
    return { ...common, kind: 'text', read: (): Content => ({ kind: 'text', lines: textOf(dataset, name) }) };
  return {
    ...common,
    kind: 'other',
    read: () => {
      throw new Error(`its dataset ${name} holds ${what}, expected real numbers`);
    },
  };
}

/** The texts of a dataset. */
export function textOf(dataset: Dataset, name: string): string[] {
  const value = explained(name, () => dataset.value);
  return (Array.isArray(value) ? value : [value]).map((text) => (typeof text === 'string' ? text : ''));
}

/** Names of the axes: their labels, or those of the dimensions of netCDF. */
function axesOf(dataset: Dataset, dimensions: number): string[] | undefined {
  try {
    const labels = dataset.get_dimension_labels();
    const names = Array.from(
      { length: dimensions },
      (_, axis) => labels[axis] ?? dataset.get_attached_scales(axis).at(0)?.split('/').at(-1) ?? '',
    );
    return names.every((name) => name !== '') ? names : undefined;
  } catch {
    return undefined;
  }
}
