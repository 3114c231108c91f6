import { describe, expect, it } from 'vitest';
import { decodeNumbers } from './numbers.js';

describe('decodeNumbers', () => {
  const view = new DataView(new ArrayBuffer(17));
  view.setFloat64(1, 1.5, false);
  view.setFloat64(9, -2, false);

  it('leaves the bytes of a file as they are, whatever their order, place and class', () => {
    const file = Buffer.from(view.buffer.slice(0));
    const before = Uint8Array.from(file);
    expect(decodeNumbers(file.subarray(1), 'f8', false)).toEqual(Float64Array.of(1.5, -2));
    expect(decodeNumbers(file.subarray(1, 9), 'f8', true)).toEqual(Float64Array.of(3.13984e-319));
    expect(Uint8Array.from(file)).toEqual(before);
  });

  it('copies no numbers that lie as they are needed', () => {
    const numbers = Float64Array.of(1, 2, 3);
    expect(decodeNumbers(new Uint8Array(numbers.buffer, 8), 'f8', true).buffer).toBe(numbers.buffer);
  });
});
