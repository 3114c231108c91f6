import { describe, expect, it } from 'vitest';
import { DamagedFileError, decodeContainer, encodeContainer } from './container.node.js';

describe('a container', () => {
  const value = {
    numbers: [0, -0, NaN, Infinity, -Infinity, 0.1 + 0.2, 5e-324],
    arrays: {
      f64: Float64Array.of(NaN, -0),
      i32: Int32Array.of(-1),
      u8: Uint8Array.of(1, 2, 3),
      f32: Float32Array.of(1),
    },
    nothing: null,
    text: 'ü',
  };
  const bytes = encodeContainer('record', { ...value, left: undefined });

  it('decodes to the plain data that it was encoded from, bit for bit', () => {
    expect(decodeContainer('x', 'record', bytes)).toStrictEqual(value);
  });

  it('is rejected when it is truncated, when any byte has changed, and when it is of another kind', () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeContainer('x', 'record', bytes.subarray(0, length))).toThrow(DamagedFileError);
    }
    for (let at = 0; at < bytes.length; at++) {
      const changed = Uint8Array.from(bytes);
      changed[at] ^= 4;
      expect(() => decodeContainer('x', 'record', changed), `byte ${at}`).toThrow(DamagedFileError);
    }
    expect(() => decodeContainer('x', 'checkpoint', bytes)).toThrow('x: has the kind 1, expected 2 (checkpoint)');
  });
});
