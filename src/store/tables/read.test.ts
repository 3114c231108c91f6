import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { npyBytes, npyColumn, readNpyColumn } from '#core';
import { csv, csvRows } from './csv.node.js';
import { npzRows } from './npz.node.js';

const rows = [
  { point: 0, stimulus: '[1,0]', name: 'a "b", c\n', diffusion: 1.5e-9, missing: null },
  { point: 1, stimulus: '', name: '日本 😀', diffusion: -2, missing: 3 },
];

describe('tables that are read again', () => {
  it('have the rows of CSV, with null for empty cells', () => {
    expect(csvRows(csv(rows))).toEqual([rows[0], { ...rows[1], stimulus: null }]);
  });

  it('have the rows of NPZ, with null for NaN and every text as it was', () => {
    const column = (name: keyof (typeof rows)[0], isInt32 = false): Uint8Array =>
      npyColumn(
        rows.map((row) => row[name]),
        isInt32,
      );
    const names = ['stimulus', 'name', 'diffusion', 'missing'] as const;
    const files = Object.fromEntries(names.map((name) => [`${name}.npy`, column(name)]));
    expect(npzRows(zipSync({ 'point.npy': column('point', true), ...files, 'notes.txt': Uint8Array.of(1) }))).toEqual(
      rows,
    );
  });

  it('are refused where a row has too many cells, or arrays differ in length', () => {
    expect(() => csvRows('a,b\n1,2,3\n')).toThrow(/^row 1: /);
    const zip = zipSync({ 'a.npy': npyColumn([1, 2], false), 'b.npy': npyColumn([1], false) });
    expect(() => npzRows(zip)).toThrow('its array b has 1 entries, expected 2 as in a');
  });

  it.each([
    ['two dimensions', npyBytes('<f8', [1, 2], new Float64Array(2)), 'it has 2 dimensions, expected 1'],
    ['texts that end too early', npyBytes('<U3', [2], new Uint8Array(12)), '12 bytes follow its header, expected 24'],
    ['what is no character', npyBytes('<U1', [1], Uint32Array.of(0x110000)), 'it holds 1114112, which is no character'],
    ['another file', new TextEncoder().encode('no array at all'), 'is not an .npy file'],
  ])('a column refuses %s', (_, bytes, says) => {
    expect(() => readNpyColumn(bytes)).toThrow(says);
  });
});
