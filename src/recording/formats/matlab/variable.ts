import { shapeText, type NumericArray } from '../../arrays/numeric-array.js';
import type { Content, Entry } from '../../container.js';

/** A variable of MATLAB or Octave, or a part of one. Shapes are those that MATLAB shows. */
export type Variable =
  | { readonly kind: 'numbers'; readonly shape: readonly number[]; read(): NumericArray }
  | { readonly kind: 'text'; readonly lines: readonly string[] }
  | { readonly kind: 'cells'; readonly shape: readonly number[]; readonly items: readonly Variable[] }
  | { readonly kind: 'structures'; readonly shape: readonly number[]; readonly items: readonly Fields[] }
  | { readonly kind: 'other'; readonly what: string };

export type Fields = ReadonlyMap<string, Variable>;

/**
 * What can be read under the name of a variable: numbers, text, and, by `variable.field`, the fields of structures. A cell array
 * of arrays, or a field of an array of structures, is a list; its parts are `variable{1}`, `variable{2}`, …, of a matrix also `variable{1,2}`.
 */
export function entriesOf(name: string, variable: Variable): Entry[] {
  switch (variable.kind) {
    case 'numbers':
      return [
        {
          name,
          shape: variable.shape,
          kind: 'array',
          what: 'numbers',
          dropsTrailingAxes: true,
          read: () => ({ kind: 'array', array: variable.read() }),
        },
      ];
    case 'text': {
      const { lines } = variable;
      return [{ name, shape: [lines.length], kind: 'text', what: 'text', read: () => ({ kind: 'text', lines }) }];
    }
    case 'cells':
      return listEntries(name, variable.shape, variable.items);
    case 'structures':
      return variable.items.length === 1
        ? Array.from(variable.items[0]).flatMap(([field, value]) => entriesOf(`${name}.${field}`, value))
        : fieldEntries(name, variable.shape, variable.items);
    case 'other':
      return [other(name, [], variable.what)];
  }
}

const other = (name: string, shape: readonly number[], what: string): Entry => ({
  name,
  shape,
  kind: 'other',
  what,
  read: () => {
    throw new Error(`its variable ${name} holds ${what}, expected real numbers`);
  },
});

type Kind<K extends Variable['kind']> = Extract<Variable, { readonly kind: K }>;

const areAll = <K extends Variable['kind']>(items: readonly Variable[], kind: K): items is readonly Kind<K>[] =>
  items.length > 0 && items.every((item) => item.kind === kind);

function listEntries(name: string, shape: readonly number[], items: readonly Variable[]): Entry[] {
  const parts = items.flatMap((item, k) =>
    indicesOf(k, shape).flatMap((index) =>
      entriesOf(`${name}{${index}}`, item).map((entry) => ({ ...entry, isPart: true })),
    ),
  );
  if (areAll(items, 'numbers')) return [numbersEntry(name, shape, items), ...parts];
  const inner = areAll(items, 'cells') ? cellsWithin(shape, items) : null;
  if (inner) return [numbersEntry(name, inner.shape, inner.items), ...parts];
  if (areAll(items, 'text') && items.every(({ lines }) => lines.length <= 1)) {
    const lines = items.map(({ lines: [line = ''] }) => line);
    return [
      { name, shape: [lines.length], kind: 'text', what: 'text', read: () => ({ kind: 'text', lines }) },
      ...parts,
    ];
  }
  if (areAll(items, 'structures') && items.every((item) => item.items.length === 1)) {
    return [
      ...fieldEntries(
        name,
        shape,
        items.map(({ items: [fields] }) => fields),
      ),
      ...parts,
    ];
  }
  return [other(name, shape, items.length === 0 ? 'an empty cell array' : 'a cell array of mixed content'), ...parts];
}

/** How MATLAB numbers the element k of an array of cells: along it, and in a matrix also by row and column. */
function indicesOf(k: number, [rows, columns, ...others]: readonly number[]): string[] {
  const isMatrix = rows > 1 && columns > 1 && others.length === 0;
  return [`${k + 1}`, ...(isMatrix ? [`${(k % rows) + 1},${Math.floor(k / rows) + 1}`] : [])];
}

/** Cell arrays of numbers of one shape within a cell array, as one: the axes of the outer before those of the inner. */
function cellsWithin(
  shape: readonly number[],
  items: readonly Kind<'cells'>[],
): { readonly shape: readonly number[]; readonly items: readonly Kind<'numbers'>[] } | null {
  const [first] = items;
  if (items.some((own) => own.shape.join() !== first.shape.join() || own.items.length !== first.items.length))
    return null;
  const all = first.items.flatMap((_, k) => items.map((own) => own.items[k]));
  if (!areAll(all, 'numbers')) return null;
  const longOf = (lengths: readonly number[]): readonly number[] => {
    const long = lengths.filter((length) => length !== 1);
    return long.length <= 1 ? [long.at(0) ?? 1] : lengths;
  };
  return { shape: [...longOf(shape), ...longOf(first.shape)], items: all };
}

/** The fields that all structures of an array have. */
function fieldEntries(name: string, shape: readonly number[], structures: readonly Fields[]): Entry[] {
  if (structures.length === 0) return [other(name, shape, 'an empty array of structures')];
  const common = Array.from(structures[0].keys()).filter((field) => structures.every((fields) => fields.has(field)));
  return common.flatMap((field) =>
    listEntries(
      `${name}.${field}`,
      shape,
      structures.flatMap((fields) => fields.get(field) ?? []),
    ),
  );
}

/** A list of arrays: the axes of the list, of which a vector has one, then those of the arrays. */
function numbersEntry(name: string, shape: readonly number[], items: readonly Kind<'numbers'>[]): Entry {
  const dimensions = items.reduce((most, item) => Math.max(most, item.shape.length), 0);
  const inner = Array.from({ length: dimensions }, (_, axis) => {
    const lengths = new Set(items.map((item) => item.shape.at(axis) ?? 1));
    return lengths.size === 1 ? (items[0].shape.at(axis) ?? 1) : ('*' as const);
  });
  const outer = shape.filter((length) => length !== 1);
  return {
    name,
    shape: [...(outer.length <= 1 ? [items.length] : shape), ...inner],
    kind: 'list',
    what: `${items.length} arrays`,
    dropsTrailingAxes: true,
    read: (): Content => ({ kind: 'list', shape, items: items.map((item) => item.read()) }),
  };
}

/** An array of sizes that a file claims. Throws Error where these are no sizes. */
export function assertShape(shape: readonly number[]): void {
  const isOne = shape.length >= 2 && shape.every((length) => Number.isInteger(length) && length >= 0);
  if (!isOne) throw new Error(`is damaged: it claims an array of the shape ${shapeText(shape)}`);
}
