import {
  addVector,
  constant,
  get,
  increase,
  load,
  loadTwice,
  multiplyVectors,
  product,
  repeat,
  set,
  store,
  sum,
  wasmModule,
  when,
} from './wasm-module.js';

/** Inner indices that one call takes at most; rows of the factors are so many numbers apart, and eight more. */
export const MAX_DEPTH = 256;
export const ROW_BYTES = (MAX_DEPTH + 8) * 8;
/** Rows and columns of a tile of sums, which stay in registers. */
export const TILE = 4;

/** The first, or the second, numbers of two vectors. */
const pair = (u: number, v: number, second: boolean): number[] => [
  ...get(u),
  ...get(v),
  ...[0xfd, 0x0d],
  ...Array.from({ length: 16 }, (_, byte) => (byte < 8 ? byte : byte + 8) + (second ? 8 : 0)),
];

const A = 0;
const B = 1;
const OUT = 2;
const ROWS = 3;
const DEPTH = 4;
const COLUMNS = 5;
const LEFT = 6;
const RIGHT = 7;
const INTO = 8;
const END = 9;
const ROW = 10;
const LAST_ROW = 11;
const COLUMN = 12;
const LAST_COLUMN = 13;
const STRIDE = 14;
const PLACE = 15;
const PARAMETERS = 6;
const I32_LOCALS = 10;
const FIRST_VECTOR = PARAMETERS + I32_LOCALS;
const U = FIRST_VECTOR + 0;
const V = FIRST_VECTOR + 1;
const P0 = FIRST_VECTOR + 2;
const P1 = FIRST_VECTOR + 3;
const Q0 = FIRST_VECTOR + 4;
const Q1 = FIRST_VECTOR + 5;
const X = FIRST_VECTOR + 6;
const sumOf = (row: number, half: number): number => FIRST_VECTOR + 7 + 2 * row + half;
const VECTORS = 7 + 2 * TILE;

const tileRows = [0, 1, 2, 3];

/** Adds the products of one inner index of four rows with two vectors of columns. */
const accumulate = (offset: number, p0: number, p1: number): number[] =>
  tileRows.flatMap((row) => [
    ...loadTwice(LEFT, row * ROW_BYTES + offset),
    ...set(X),
    ...[p0, p1].flatMap((p, half) => [
      ...get(sumOf(row, half)),
      ...[...get(X), ...get(p), ...multiplyVectors, ...addVector],
      ...set(sumOf(row, half)),
    ]),
  ]);

/** One inner index of the four columns as two vectors, or two of them. */
const loadPairs = (both: boolean): number[] =>
  [P0, P1].flatMap((p, half) => {
    const [above, below] = [2 * half * ROW_BYTES, (2 * half + 1) * ROW_BYTES];
    const read = both ? load : loadTwice;
    return [
      ...[...read(RIGHT, above), ...set(U), ...read(RIGHT, below), ...set(V)],
      ...[...pair(U, V, false), ...set(p)],
      ...(both ? [...pair(U, V, true), ...set(half === 0 ? Q0 : Q1)] : []),
    ];
  });

/** The sums of a tile from the output, or to it; PLACE is the place of its row. */
const eachSum = (body: (local: number, offset: number) => number[]): number[] => [
  ...[...get(INTO), ...set(PLACE)],
  ...tileRows.flatMap((row) => [
    ...[0, 1].flatMap((half) => body(sumOf(row, half), 16 * half)),
    ...increase(PLACE, get(STRIDE)),
  ]),
];

const tile = (): number[] => [
  ...eachSum((local, offset) => [...load(PLACE, offset), ...set(local)]),
  ...[...get(ROW), ...set(LEFT)],
  // Two inner indices at a time, and the one that is left over.
  ...[...sum(get(ROW), product([...get(DEPTH), ...constant(-2), 0x71], constant(8))), ...set(END)],
  ...when(
    [...get(LEFT), ...get(END), 0x49],
    repeat(
      [
        ...loadPairs(true),
        ...accumulate(0, P0, P1),
        ...accumulate(8, Q0, Q1),
        ...increase(LEFT, constant(16)),
        ...increase(RIGHT, constant(16)),
      ],
      LEFT,
      END,
    ),
  ),
  ...when([...get(DEPTH), ...constant(1), 0x71], [...loadPairs(false), ...accumulate(0, P0, P1)]),
  ...eachSum((local, offset) => [...get(PLACE), ...get(local), ...store(offset)]),
];

const overColumns = (): number[] => [
  ...[...get(B), ...set(COLUMN)],
  ...repeat(
    [
      ...[...get(COLUMN), ...set(RIGHT)],
      ...tile(),
      ...increase(COLUMN, constant(TILE * ROW_BYTES)),
      ...increase(INTO, constant(TILE * 8)),
    ],
    COLUMN,
    LAST_COLUMN,
  ),
];

const body = (): number[] => [
  ...[...product(get(COLUMNS), constant(8)), ...set(STRIDE)],
  ...[...sum(get(A), product(get(ROWS), constant(ROW_BYTES))), ...set(LAST_ROW)],
  ...[...sum(get(B), product(get(COLUMNS), constant(ROW_BYTES))), ...set(LAST_COLUMN)],
  ...[...get(A), ...set(ROW), ...get(OUT), ...set(INTO)],
  ...repeat(
    [
      ...overColumns(),
      ...increase(ROW, constant(TILE * ROW_BYTES)),
      // The sums of one row are behind it already.
      ...increase(INTO, product(get(STRIDE), constant(TILE - 1))),
    ],
    ROW,
    LAST_ROW,
  ),
];

/**
 * A module that exports its `memory` of `pages` and `add(a, b, out, rows, depth, columns)`: adds a b^T to out, for addresses of rows of
 * ROW_BYTES in a and b, and of sums in rows of `columns` numbers; rows and columns in fours, depth up to MAX_DEPTH.
 */
export const productModule = (pages: number): Uint8Array<ArrayBuffer> =>
  wasmModule(pages, {
    name: 'add',
    parameters: PARAMETERS,
    integers: I32_LOCALS,
    vectors: VECTORS,
    body: body(),
  });
