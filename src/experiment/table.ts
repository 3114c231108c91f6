import { InvalidInputError, type KeyPath } from '#core';
import { fromData, fromRows, type Matrix } from '#linalg';
import { parse as parseNpy } from 'npyjs';
import Papa from 'papaparse';

/** Reads the bytes of a file named in an experiment file, relative to it. Throws InvalidInputError when it cannot. */
export type ReadBytes = (name: string, path: KeyPath) => Promise<Uint8Array<ArrayBuffer>>;

/**
 * A table of numbers from a .npy file (1 or 2 dimensions, real numbers of any size) or a .csv file (one row a line, an
 * optional header of names). A 1-dimensional array is one row. Throws InvalidInputError at `path`, naming the file and the
 * row and column of a number that is missing or not finite.
 */
export async function readTable(read: ReadBytes, name: string, path: KeyPath): Promise<Matrix> {
  const fail = (message: string): never => {
    throw new InvalidInputError(`${name}: ${message}`, path);
  };
  const bytes = await read(name, path);
  if (/\.npy$/i.test(name)) return decodeNpy(bytes, fail);
  if (/\.csv$/i.test(name)) return decodeCsv(new TextDecoder().decode(bytes), fail);
  return fail('expected a file name that ends in .npy or .csv');
}

type Fail = (message: string) => never;

function decodeNpy(bytes: Uint8Array<ArrayBuffer>, fail: Fail): Matrix {
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  let array;
  try {
    array = parseNpy(buffer);
  } catch (error) {
    return fail(`not a readable .npy file (${error instanceof Error ? error.message : String(error)})`);
  }
  const { data, shape, dtype, fortranOrder } = array;
  if (!/^[iuf][1248]$/.test(dtype)) return fail(`holds ${dtype}, expected real numbers`);
  if (shape.length < 1 || shape.length > 2) {
    return fail(`has ${shape.length} dimensions (${shape.join(' x ')}), expected 1 or 2`);
  }
  const [rows, cols] = shape.length === 1 ? [1, shape[0]] : shape;
  const values = Float64Array.from(data as unknown as ArrayLike<number>, Number);
  if (values.length !== rows * cols || values.length === 0) {
    return fail(`holds ${values.length} numbers for the shape ${rows} x ${cols}`);
  }
  const ordered = fortranOrder
    ? Float64Array.from(values, (_, index) => values[(index % cols) * rows + Math.floor(index / cols)])
    : values;
  ordered.forEach((value, index) => {
    if (!Number.isFinite(value)) {
      fail(`row ${Math.floor(index / cols) + 1}, column ${(index % cols) + 1} is ${value}, expected a finite number`);
    }
  });
  return fromData(rows, cols, ordered);
}

function decodeCsv(text: string, fail: Fail): Matrix {
  const { data, errors } = Papa.parse<string[]>(text.trim(), { skipEmptyLines: true });
  if (errors.length > 0 && errors[0].code !== 'UndetectableDelimiter') {
    return fail(`line ${(errors[0].row ?? 0) + 1}: ${errors[0].message}`);
  }
  const isNumber = (cell: string): boolean => cell.trim() !== '' && Number.isFinite(Number(cell));
  // A first line without a single number is the header.
  const header = data.length > 1 && data[0].every((cell) => !isNumber(cell)) ? 1 : 0;
  const body = data.slice(header);
  if (body.length === 0) return fail('holds no numbers');
  body.forEach((cells, index) => {
    const line = index + header + 1;
    if (cells.length !== body[0].length) {
      fail(`line ${line} has ${cells.length} columns, expected ${body[0].length}`);
    }
    cells.forEach((cell, column) => {
      if (!isNumber(cell))
        fail(`line ${line}, column ${column + 1}: expected a finite number, got ${JSON.stringify(cell)}`);
    });
  });
  return fromRows(body.map((cells) => cells.map(Number)));
}
