import { unzipSync } from 'fflate';
import { parse } from 'npyjs';
import { describe, expect, it } from 'vitest';
import { npyBytes } from '#core';
import { npz } from './npz.js';

describe('an .npz file', () => {
  const arrays = [
    { name: 'list', data: Float64Array.of(1.5, NaN, -0), shape: [3] },
    { name: 'table', data: Float64Array.from({ length: 6 }, (_, k) => k / 7), shape: [2, 3] },
    { name: 'empty', data: new Float64Array(), shape: [0, 3] },
  ];
  const archive = Object.fromEntries(arrays.map(({ name, data, shape }) => [name, npyBytes('<f8', shape, data)]));
  const files = unzipSync(npz(archive));

  it.each(arrays)('holds $name with its shape and every bit of its numbers', ({ name, data, shape }) => {
    const read = parse(Uint8Array.from(files[`${name}.npy`]).buffer);
    expect(read).toEqual({ data, shape, dtype: 'f8', fortranOrder: false });
  });

  it.each(arrays)(
    'aligns the numbers of $name to 64 bytes after a header that ends with a newline',
    ({ name, data }) => {
      const bytes = files[`${name}.npy`];
      const start = bytes.length - data.byteLength;
      expect(start % 64).toBe(0);
      expect(bytes[start - 1]).toBe('\n'.charCodeAt(0));
    },
  );

  it('has equal bytes for equal arrays', () => {
    expect(npz(archive)).toEqual(npz(archive));
  });
});
