import { InvalidInputError, readNpy, type KeyPath, type NpyArray } from '#core';
import { fromData, fromRows, type Matrix } from '#linalg';

/** Reads the bytes of a file named in an experiment file, relative to it. Throws InvalidInputError when it cannot. */
export type ReadBytes = (name: string, path: KeyPath) => Promise<Uint8Array<ArrayBuffer>>;

/** Rejects every data file: for experiments that come from no directory. */
export const noFiles: ReadBytes = (file, path) =>
  Promise.reject(new InvalidInputError(`${file}: no data file can be read here, expected the numbers in place`, path));

/**
 * A table of numbers from a .npy file (1 or 2 dimensions, real numbers of any size; read strictly) or a .csv file (one row a line, an
 * optional header of names). A 1-dimensional array is one row. Throws InvalidInputError at `path`, naming the file and the
 * row and column of a number that is missing or not finite; rows and columns count from 1, without the header.
 */
export async function readTable(read: ReadBytes, name: string, path: KeyPath): Promise<Matrix> {
  const fail = (message: string): never => {
    throw new InvalidInputError(`${name}: ${message}`, path);
  };
  const format =
    /\.(npy|csv)$/i.exec(name)?.[1].toLowerCase() ?? fail('expected a file name that ends in .npy or .csv');
  const bytes = await read(name, path);
  return format === 'npy' ? decodeNpy(bytes, fail) : decodeCsv(new TextDecoder().decode(bytes), fail);
}

type Fail = (message: string) => never;

function decodeNpy(bytes: Uint8Array, fail: Fail): Matrix {
  let array: NpyArray;
  try {
    array = readNpy(bytes);
  } catch (error) {
    const { message } = error as Error;
    return fail(message.includes('expected') ? message : `${message}, expected a file written by numpy.save`);
  }
  const { data, shape } = array;
  if (shape.length < 1 || shape.length > 2) {
    const size = shape.length > 0 ? ` (${shape.join(' x ')})` : '';
    return fail(`found an array of ${shape.length} dimensions${size}, expected 1 or 2`);
  }
  const [rows, cols] = shape.length === 1 ? [1, shape[0]] : shape;
  if (data.length === 0) return fail(`found an empty array (${shape.join(' x ')}), expected at least one number`);
  data.forEach((value, index) => {
    if (Number.isFinite(value)) return;
    const [i, j] = [Math.floor(index / cols), index % cols];
    fail(`found ${value} in row ${i + 1}, column ${j + 1}, expected a finite number`);
  });
  return fromData(rows, cols, data);
}

async function decodeCsv(text: string, reject: Fail): Promise<Matrix> {
  const fail: Fail = (message) => reject(`${message}${separatorHint(text)}`);
  // Loaded when asked for: few experiments name a CSV file.
  const { default: Papa } = await import('papaparse');
  const { data, errors } = Papa.parse<string[]>(text, { skipEmptyLines: false });
  const [error] = errors.filter(({ code }) => code !== 'UndetectableDelimiter');
  if ((error as unknown) !== undefined) fail(`line ${(error.row ?? 0) + 1} is not valid CSV: ${error.message}`);
  const lines = data
    .map((cells, index) => ({ cells, line: index + 1 }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  // A first line without a single number is the header.
  const header = lines.length > 1 && !lines[0].cells.some(isNumber) && lines[1].cells.some(isNumber) ? 1 : 0;
  const body = lines.slice(header);
  if (body.length === 0) return fail('found an empty file, expected rows of numbers');
  const columns = lines[0].cells.length;
  body.forEach(({ cells, line }, row) => {
    if (cells.length !== columns) {
      fail(`found ${cells.length} columns in row ${row + 1} (line ${line}), expected ${columns} as in the first line`);
    }
    cells.forEach((cell, column) => {
      if (isNumber(cell)) return;
      const found = cell.trim() === '' ? 'nothing' : JSON.stringify(cell);
      fail(`found ${found} in row ${row + 1}, column ${column + 1} (line ${line}), expected a finite number`);
    });
  });
  return fromRows(body.map(({ cells }) => cells.map(Number)));
}

/** What probably separates the values of a file that cannot be read; empty where nothing is known. */
function separatorHint(text: string): string {
  const lines = text
    .slice(0, 10_000)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, 10);
  if (lines.some((line) => line.includes(';') && /\d,\d/.test(line))) {
    return '; the values seem to be separated by ; with decimal commas: write 1.5 for 1,5, and , or ; between values';
  }
  const words = lines.map((line) => line.trim().split(/ +/));
  return words.some((line) => line.length > 1 && line.every(isNumber))
    ? '; the values seem to be separated by blanks: separate them by commas'
    : '';
}

const DECIMAL = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;

/** Decimal and finite: no blanks, no 0x10, no 1e999. */
const isNumber = (cell: string): boolean => DECIMAL.test(cell) && Number.isFinite(Number(cell));
