import { columnMajor, countOf } from '../../arrays/numeric-array.js';
import { elementAt, MATRIX, numbersOf, UTF16, UTF32, UTF8, wordAt, type Element } from './elements.js';
import { linesOfCharacters } from './text.js';
import { assertShape, type Fields, type Variable } from './variable.js';

/** Classes of arrays in MAT files of version 5. */
const [CELL, STRUCTURE, OBJECT, CHARACTERS, SPARSE, DOUBLE, SINGLE, UINT64, FUNCTION, OPAQUE] = [
  1, 2, 3, 4, 5, 6, 7, 15, 16, 17,
];
const IS_COMPLEX = 0x0800;
const MAX_DEPTH = 50;
const MIN_ELEMENT = 8;

const latin1 = new TextDecoder('latin1');

/** What the beginning of a matrix says of it. */
interface MatrixHead {
  readonly name: string;
  readonly arrayClass: number;
  readonly isComplex: boolean;
  readonly shape: readonly number[];
  /** Where its content begins. */
  readonly start: number;
}

/** Whether only the beginning of a matrix is needed to say what it holds. */
export const isNumeric = ({ arrayClass }: MatrixHead): boolean => arrayClass >= DOUBLE && arrayClass <= UINT64;

/** Reads the beginning of a matrix from its data or the first of them. */
export function readHead(data: Uint8Array, isLittleEndian: boolean): MatrixHead {
  const flags = elementAt(data, 0, isLittleEndian);
  const word = wordAt(flags.data, 0, isLittleEndian);
  const [arrayClass, isComplex] = [word & 0xff, (word & IS_COMPLEX) !== 0];
  let next = elementAt(data, flags.next, isLittleEndian);
  let shape: readonly number[] = [1, 1];
  if (arrayClass !== OPAQUE) {
    shape = Array.from(numbersOf(next, isLittleEndian));
    assertShape(shape);
    next = elementAt(data, next.next, isLittleEndian);
  }
  return { name: latin1.decode(next.data), arrayClass, isComplex, shape, start: next.next };
}

/** The variable of a matrix. `whole` gives all its data, from which numbers are read when they are asked for. */
export function variableOf(head: MatrixHead, whole: () => Uint8Array, isLittleEndian: boolean, depth = 0): Variable {
  const { arrayClass, shape, start } = head;
  if (isNumeric(head)) {
    if (head.isComplex) return { kind: 'other', what: 'complex numbers' };
    return {
      kind: 'numbers',
      shape,
      read: () => {
        const values = numbersOf(elementAt(whole(), start, isLittleEndian), isLittleEndian, countOf(shape));
        const isSingle = arrayClass === SINGLE;
        if (isSingle === values instanceof Float32Array) return columnMajor(shape, values);
        // Numbers may be stored in a smaller type that holds all of them.
        return columnMajor(shape, isSingle ? Float32Array.from(values) : Float64Array.from(values));
      },
    };
  }
  switch (arrayClass) {
    case CHARACTERS:
      return {
        kind: 'text',
        lines: linesOfCharacters(charactersOf(elementAt(whole(), start, isLittleEndian), isLittleEndian), shape),
      };
    case CELL:
      return { kind: 'cells', shape, items: partsOf(whole(), start, countOf(shape), isLittleEndian, depth) };
    case STRUCTURE:
      return { kind: 'structures', shape, items: structuresOf(whole(), start, countOf(shape), isLittleEndian, depth) };
    case SPARSE:
      return { kind: 'other', what: 'a sparse matrix: save full(x) instead' };
    case FUNCTION:
      return { kind: 'other', what: 'a function' };
    case OBJECT:
    case OPAQUE:
      return { kind: 'other', what: 'an object (table, string, datetime, …): save its numbers as an array' };
    default:
      throw new Error(`is damaged: it has an array of the unknown class ${arrayClass}`);
  }
}

/** So many matrices, one after the other. */
function partsOf(data: Uint8Array, start: number, count: number, isLittleEndian: boolean, depth: number): Variable[] {
  if (count * MIN_ELEMENT > data.length - start) throw new Error(`is damaged: it claims ${count} parts of a variable`);
  if (depth >= MAX_DEPTH) throw new Error(`is damaged: it nests variables deeper than ${MAX_DEPTH}`);
  let at = start;
  return Array.from({ length: count }, () => {
    const { type, data: part, next } = elementAt(data, at, isLittleEndian);
    at = next;
    if (type !== MATRIX) throw new Error(`is damaged: an element of type ${type} stands where an array does`);
    // An empty array may have no data at all.
    if (part.length === 0)
      return { kind: 'numbers', shape: [0, 0], read: () => columnMajor([0, 0], new Float64Array(0)) };
    return variableOf(readHead(part, isLittleEndian), () => part, isLittleEndian, depth + 1);
  });
}

function structuresOf(
  data: Uint8Array,
  start: number,
  count: number,
  isLittleEndian: boolean,
  depth: number,
): Fields[] {
  const length = elementAt(data, start, isLittleEndian);
  const [width] = numbersOf(length, isLittleEndian, 1);
  const names = elementAt(data, length.next, isLittleEndian);
  if (!(width > 0)) throw new Error(`is damaged: it claims names of fields of ${width} characters`);
  const fields = Array.from({ length: Math.floor(names.data.length / width) }, (_, k) =>
    latin1.decode(names.data.subarray(k * width, (k + 1) * width)).replace(/\0[^]*$/, ''),
  );
  const parts = partsOf(data, names.next, count * fields.length, isLittleEndian, depth);
  return Array.from(
    { length: count },
    (_, k) => new Map(fields.map((name, f) => [name, parts[k * fields.length + f]])),
  );
}

function charactersOf(element: Element, isLittleEndian: boolean): string[] {
  const { type, data } = element;
  if (type === UTF8) return new TextDecoder().decode(data).split('');
  if (type === UTF16) return new TextDecoder(isLittleEndian ? 'utf-16le' : 'utf-16be').decode(data).split('');
  const codes = numbersOf(type === UTF32 ? { ...element, type: 6 } : element, isLittleEndian);
  return Array.from(codes, (code) => (code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd'));
}
