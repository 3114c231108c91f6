import { toRows } from '#linalg';
import { describe, expect, it } from 'vitest';
import { npyBytes } from '../../../test/support/npy.js';
import { readTable } from './table.js';

const tableOf = async (name: string, content: string | Uint8Array<ArrayBuffer>): Promise<number[][]> => {
  const bytes = typeof content === 'string' ? Uint8Array.from(new TextEncoder().encode(content)) : content;
  return toRows(await readTable(() => Promise.resolve(bytes), name, ['file']));
};

const csv = (text: string): Promise<number[][]> => tableOf('table.csv', text);

const rows = [
  [1, 2, 3],
  [4, 5, 6],
];

describe('.npy', () => {
  it.each([
    ['<f8', Float64Array],
    ['<f4', Float32Array],
    ['<i8', BigInt64Array],
    ['<u8', BigUint64Array],
    ['<i4', Int32Array],
    ['<u4', Uint32Array],
    ['<i2', Int16Array],
    ['<u2', Uint16Array],
    ['|i1', Int8Array],
    ['|u1', Uint8Array],
  ])('%s', async (descr, ArrayType) => {
    const big = ArrayType === BigInt64Array || ArrayType === BigUint64Array;
    const data = big ? ArrayType.from(rows.flat().map(BigInt)) : (ArrayType as typeof Int8Array).from(rows.flat());
    expect(await tableOf('a.npy', npyBytes(descr, [2, 3], data))).toEqual(rows);
  });

  it('<f2: sign, exponent and fraction', async () => {
    const halves = Uint16Array.of(0x3c00, 0xc100, 0x3555, 0x0001);
    const [[one, negative, third, least]] = await tableOf('a.npy', npyBytes('<f2', [4], halves));
    expect([one, negative, least]).toEqual([1, -2.5, 2 ** -24]);
    expect(third).toBeCloseTo(1 / 3, 3);
  });

  it('signed numbers keep their sign', async () => {
    expect(await tableOf('a.npy', npyBytes('<i2', [2], Int16Array.of(-3, 4)))).toEqual([[-3, 4]]);
    expect(await tableOf('a.npy', npyBytes('<i8', [1, 1], BigInt64Array.of(-5n)))).toEqual([[-5]]);
  });

  it('a single-precision number is the double next to it, not its decimal', async () => {
    expect(await tableOf('a.npy', npyBytes('<f4', [1], Float32Array.of(0.1)))).toEqual([[Math.fround(0.1)]]);
  });

  it('Fortran order is column by column', async () => {
    const columns = Float64Array.of(1, 4, 2, 5, 3, 6);
    expect(await tableOf('a.npy', npyBytes('<f8', [2, 3], columns, { fortranOrder: true }))).toEqual(rows);
  });

  it('other byte order', async () => {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setFloat64(0, 1.5);
    expect(await tableOf('a.npy', npyBytes('>f8', [1], bytes))).toEqual([[1.5]]);
  });

  it('one dimension is one row', async () => {
    expect(await tableOf('a.NPY', npyBytes('<f8', [3], Float64Array.of(1, 2, 3)))).toEqual([[1, 2, 3]]);
  });

  it.each([
    ['no dimension', npyBytes('<f8', [], Float64Array.of(1)), 'found an array of 0 dimensions, expected 1 or 2'],
    ['no row', npyBytes('<f8', [0, 3], new Float64Array(0)), 'found an empty array (0 x 3)'],
    [
      'truth values',
      npyBytes('|b1', [2], Uint8Array.of(0, 1)),
      "it holds values of type '|b1', expected integer or floating-point numbers",
    ],
    [
      'nothing after the magic word',
      Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59),
      'it ends before its header, expected a file written by numpy.save',
    ],
    ['infinity', npyBytes('<f4', [2, 2], Float32Array.of(1, 2, 3, -Infinity)), 'found -Infinity in row 2, column 2'],
    [
      'NaN in Fortran order',
      npyBytes('<f8', [2, 2], Float64Array.of(1, NaN, 3, 4), { fortranOrder: true }),
      'found NaN in row 2, column 1',
    ],
  ])('rejects %s', async (_, bytes, says) => {
    await expect(tableOf('a.npy', bytes)).rejects.toThrow(`a.npy: ${says}`);
  });
});

describe('.csv', () => {
  it.each([
    ['plain', '1,2,3\n4,5,6\n'],
    ['without a last line break', '1,2,3\n4,5,6'],
    ['a header', 'x,y,"the z"\n1,2,3\n4,5,6\n'],
    ['blank lines', '\n1,2,3\n\n4,5,6\n\n'],
    ['line breaks of Windows, and blanks', '1, 2, 3\r\n 4 ,5,6\r\n'],
    ['semicolons', '1;2;3\n4;5;6\n'],
    ['tabs', '1\t2\t3\n4\t5\t6\n'],
    ['quotes, signs and exponents', '"1",+2,30e-1\n.4e1,5.,6.0\n'],
    ['a byte-order mark', '\ufeff1,2,3\n4,5,6\n'],
  ])('%s', async (_, text) => {
    expect(await csv(text)).toEqual(rows);
  });

  it('one column', async () => {
    expect(await csv('x\n1\n-2\n')).toEqual([[1], [-2]]);
  });

  it.each([
    ['an empty file', '', 'found an empty file'],
    ['nothing but a header', 'x,y\n', 'found "x" in row 1, column 1 (line 1), expected a finite number'],
    ['text below the header', 'x,y\n1,2\n3,four\n', 'found "four" in row 2, column 2 (line 3)'],
    ['a gap, its line counted with the blank ones', 'x,y\n\n1,2\n\n3,\n', 'found nothing in row 2, column 2 (line 5)'],
    ['infinity', '1,2\n3,1e999\n', 'found "1e999" in row 2, column 2'],
    ['hexadecimal', '1,0x10\n', 'found "0x10" in row 1, column 2'],
    ['a long row', '1,2\n3,4,5\n', 'found 3 columns in row 2 (line 2), expected 2'],
    ['a short header', 'x\n1,2\n', 'found 2 columns in row 1 (line 2), expected 1'],
    ['an open quote', '"1,2\n3,4\n', 'is not valid CSV'],
  ])('rejects %s', async (_, text, says) => {
    await expect(csv(text)).rejects.toThrow(says);
  });
});

it('rejects other kinds of file without reading them', async () => {
  const read = () => Promise.reject(new Error('read'));
  await expect(readTable(read, 'data.txt', ['file'])).rejects.toMatchObject({
    message: 'data.txt: expected a file name that ends in .npy or .csv',
    path: ['file'],
  });
});
