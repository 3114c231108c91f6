import type { Index, Nest, Stored } from './nest.js';

/** An array that is there, or one whose entries are computed where they are used. */
export type Value =
  | { readonly kind: 'stored'; readonly stored: Stored }
  | {
      readonly kind: 'lazy';
      /** Pushes the entry (i, j). */
      readonly push: (nest: Nest, i: Index, j: Index) => void;
      /** The arrays that it reads, and whether their rows are its rows. */
      readonly reads: readonly Read[];
      /** What comes before the first entry. Where there is anything, entries are pushed once, those above an entry before it. */
      readonly starts: readonly (() => void)[];
    };

export type Lazy = Value & { readonly kind: 'lazy' };

export interface Read {
  readonly stored: Stored;
  readonly isTurned: boolean;
}

export type Push = (i: Index, j: Index) => void;

export function push(nest: Nest, value: Value, i: Index, j: Index): void {
  if (value.kind === 'stored') nest.load(value.stored, i, j);
  else value.push(nest, i, j);
}

export const readsOf = (value: Value): readonly Read[] =>
  value.kind === 'lazy' ? value.reads : [{ stored: value.stored, isTurned: false }];

export const startsOf = (value: Value): readonly (() => void)[] => (value.kind === 'lazy' ? value.starts : []);

export function lazy(
  values: readonly Value[],
  entry: (pushes: readonly Push[], i: Index, j: Index, nest: Nest) => void,
): Lazy {
  return {
    kind: 'lazy',
    reads: values.flatMap(readsOf),
    starts: values.flatMap(startsOf),
    push: (nest, i, j) => {
      entry(
        values.map((value) => (row: Index, column: Index) => {
          push(nest, value, row, column);
        }),
        i,
        j,
        nest,
      );
    },
  };
}

/** The transpose of a value without an order of its own. */
export const turned = (value: Lazy): Lazy => ({
  ...value,
  reads: value.reads.map(({ stored, isTurned }) => ({ stored, isTurned: !isTurned })),
  push: (nest, i, j) => {
    value.push(nest, j, i);
  },
});
