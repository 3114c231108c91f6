import type { Dataset, File, Group } from 'h5wasm';
import { columnMajor } from '../../arrays/numeric-array.js';
import type { Entry } from '../../container.js';
import { linesOfCharacters } from '../matlab/text.js';
import { entriesOf, type Variable } from '../matlab/variable.js';
import { textOf } from './datasets.js';
import type { Hdf5Library } from './library.js';
import { contentOf, explained, readNumbers } from './numbers.js';

const MARK = 'OCTAVE_NEW_FORMAT';

/**
 * The variables of a file that Octave wrote with `save -hdf5`: groups with a type and a value, whose arrays have their axes in
 * reverse. Null where it is not one.
 */
export function octaveVariables(library: Hdf5Library, file: File): Entry[] | null {
  const groups = file.keys().map((name) => [name, file.get(name)] as const);
  const isOctave = groups.some(([, object]) => object instanceof library.Group && MARK in object.attrs);
  if (!isOctave) return null;
  return groups.flatMap(([name, object]) =>
    object instanceof library.Group ? entriesOf(name, variableOf(library, object, name)) : [],
  );
}

function variableOf(library: Hdf5Library, group: Group, name: string): Variable {
  const [typed, value] = [group.get('type'), group.get('value')];
  const type = typed instanceof library.Dataset ? textOf(typed, name)[0] : '';
  if (value instanceof library.Group) return partsOf(library, value, type, name);
  if (!(value instanceof library.Dataset)) return { kind: 'other', what: type === '' ? 'an unknown value' : type };
  return type.includes('string') ? textVariable(value, name) : numbersVariable(value, type, name);
}

const shapeOf = ({ shape }: Dataset): number[] => {
  const reversed = [...(shape ?? [])].reverse();
  return reversed.length === 0 ? [1, 1] : reversed;
};

function textVariable(dataset: Dataset, name: string): Variable {
  const codes = Array.from(readNumbers(dataset, name), (code) => String.fromCharCode(code & 0xff));
  return { kind: 'text', lines: linesOfCharacters(codes, shapeOf(dataset)) };
}

function numbersVariable(dataset: Dataset, type: string, name: string): Variable {
  if (type.includes('range')) {
    const [base, limit, step] = [explained(name, () => dataset.json_value)].flat(3).map(Number);
    const count = Math.max(0, Math.floor(((limit - base) / step) * (1 + Number.EPSILON)) + 1);
    if (!(count < 1e6)) return { kind: 'other', what: type };
    const values = Float64Array.from({ length: count }, (_, k) => base + k * step);
    return { kind: 'numbers', shape: [1, count], read: () => columnMajor([1, count], values) };
  }
  const what = contentOf(dataset.metadata);
  if (what !== 'numbers') return { kind: 'other', what };
  const shape = shapeOf(dataset);
  return { kind: 'numbers', shape, read: () => columnMajor(shape, readNumbers(dataset, name)) };
}

/** Cells are called _0, _1, …; fields of an array of structures are cell arrays. */
function partsOf(library: Hdf5Library, value: Group, type: string, name: string): Variable {
  const parts = new Map(
    value.keys().flatMap((key) => {
      const part = value.get(key);
      return part instanceof library.Group ? [[key, variableOf(library, part, `${name}.${key}`)] as const] : [];
    }),
  );
  const dims = value.get('dims');
  // In the order of HDF5, which is the reverse of Octave's.
  const shape = dims instanceof library.Dataset ? Array.from(readNumbers(dims, name)).reverse() : [1, 1];
  if (type === 'cell') {
    const order = Array.from(parts.keys()).sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
    return { kind: 'cells', shape, items: order.flatMap((key) => parts.get(key) ?? []) };
  }
  if (type === 'scalar struct') return { kind: 'structures', shape: [1, 1], items: [parts] };
  if (type !== 'struct') return { kind: 'other', what: type };
  const fields = Array.from(parts).flatMap(([field, cells]) =>
    cells.kind === 'cells' ? [[field, cells] as const] : [],
  );
  const count = fields.at(0)?.[1].items.length ?? 0;
  const items = Array.from(
    { length: count },
    (_, k) => new Map(fields.map(([field, cells]) => [field, cells.items[k]])),
  );
  return { kind: 'structures', shape: fields.at(0)?.[1].shape ?? shape, items };
}
