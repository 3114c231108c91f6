import { describe, expect, it } from 'vitest';
import { readNpy } from './read.js';
import { npyBytes } from './write.js';

/** A file of any version with any header, followed by these bytes. */
function fileOf(header: string, data: ArrayBufferView, version = 1, length = header.length): Uint8Array {
  const start = version === 1 ? 10 : 12;
  const file = new Uint8Array(start + header.length + data.byteLength);
  const view = new DataView(file.buffer);
  file.set([0x93, ...new TextEncoder().encode('NUMPY'), version, 0]);
  if (version === 1) view.setUint16(8, length, true);
  else view.setUint32(8, length, true);
  file.set(new TextEncoder().encode(header), start);
  file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start + header.length);
  return file;
}

const six = Float64Array.of(1, 2, 3, 4, 5, 6);
const good = "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }\n";

describe('readNpy', () => {
  it('reads what npyBytes writes', () => {
    expect(readNpy(npyBytes('<f8', [2, 3], six))).toEqual({ shape: [2, 3], data: six });
    expect(readNpy(npyBytes('<i4', [3], Int32Array.of(1, -2, 3))).data).toEqual(Float64Array.of(1, -2, 3));
  });

  it.each([1, 2, 3])('reads version %d, whatever the alignment of the data', (version) => {
    for (const pad of ['', ' ', '   ']) {
      const shifted = new Uint8Array([0, ...fileOf(pad + good, six, version)]).subarray(1);
      expect(readNpy(shifted)).toEqual({ shape: [2, 3], data: six });
    }
  });

  it('reads big-endian numbers', () => {
    const view = new DataView(new ArrayBuffer(8));
    view.setInt16(0, -2);
    view.setInt16(2, 700);
    expect(readNpy(npyBytes('>i2', [2], new Uint8Array(view.buffer, 0, 4))).data).toEqual(Float64Array.of(-2, 700));
  });

  it('turns column order into row order for any number of dimensions', () => {
    const header = "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3, 2)}";
    // numpy.asfortranarray(numpy.arange(12).reshape(2, 3, 2))
    const stored = Float64Array.of(0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11);
    expect(readNpy(fileOf(header, stored)).data).toEqual(Float64Array.from({ length: 12 }, (_, k) => k));
  });

  it('reads keys in any order, a number alone, and sizes as Python 2 wrote them', () => {
    const scalar = "{'shape': (), 'fortran_order': False, 'descr': '<f8'}";
    expect(readNpy(fileOf(scalar, six.subarray(0, 1)))).toEqual({ shape: [], data: Float64Array.of(1) });
    const old = "{'shape': (2L, 3L), 'fortran_order': False, 'descr': '<f8'}";
    expect(readNpy(fileOf(old, six)).shape).toEqual([2, 3]);
  });

  const header = (shape: string, order = 'False', descr = "'<f8'"): string =>
    `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }`;
  it.each([
    ['a fraction as a size', fileOf(header('(3.5,)'), six), 'its header cannot be read at "\'shape\': (3.5,), }"'],
    ['negative sizes', fileOf(header('(-50, -3)'), six), 'its header cannot be read at "\'shape\': (-50, -3), }"'],
    ['a number for a shape', fileOf(header('(6)'), six), "its header's shape (6) is not a tuple"],
    ['a list for a shape', fileOf(header('[6]'), six), 'its header cannot be read at'],
    ['a text for a truth value', fileOf(header('(6,)', "'no'"), six), 'fortran_order is neither True nor False'],
    ['a number for a truth value', fileOf(header('(6,)', '0'), six), 'its header cannot be read at'],
    ['no order', fileOf("{'descr': '<f8', 'shape': (6,)}", six), "its header lacks the key 'fortran_order'"],
    ['a key twice', fileOf(header("(6,), 'shape': (6,)"), six), "its header has the key 'shape' twice"],
    ['an unknown key', fileOf(header("(6,), 'x': (6,)"), six), "its header has the unknown key 'x'"],
    ['text after the dictionary', fileOf(`${good}; import os`, six), 'its header cannot be read at'],
    ['no dictionary', fileOf('(6,)', six), 'its header is not a dictionary: "(6,)"'],
    ['records', fileOf(header('(6,)', 'False', "[('x', '<f8')]"), six), 'it holds records of several fields'],
    ['texts', fileOf(header('(6,)', 'False', "'<U1'"), six), "it holds values of type '<U1'"],
    ['Python objects', fileOf(header('(6,)', 'False', "'|O'"), six), "it holds values of type '|O'"],
    ['too few bytes', fileOf(header('(7,)'), six), '48 bytes follow its header, expected 56 for the shape (7)'],
    ['too many bytes', fileOf(header('(5,)'), six), '48 bytes follow its header, expected 40 for the shape (5)'],
    ['a shape beyond memory', fileOf(header('(4000000000, 4000000000)'), six), '48 bytes follow its header'],
    ['a header beyond the end', fileOf(good, six, 2, 4e9), 'it ends inside its header'],
    ['a file that ends at once', fileOf('', new Uint8Array(0)).subarray(0, 7), 'it ends before its header'],
    ['an unknown version', fileOf(good, six, 4), 'it has version 4.0 of the format, expected 1.0, 2.0 or 3.0'],
    ['another file', new TextEncoder().encode('PK some archive'), 'is not an .npy file'],
  ])('refuses %s', (_, bytes, says) => {
    expect(() => readNpy(bytes)).toThrow(says);
  });
});
