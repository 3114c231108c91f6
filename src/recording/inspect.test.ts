import { describe, expect, it } from 'vitest';
import { npyBytes } from '#core';
import { zipSync } from 'fflate';
import { inspectRecordings } from './inspect.js';

const array = (...shape: readonly number[]): Uint8Array =>
  npyBytes('<f8', shape, new Float64Array(shape.reduce((product, length) => product * length, 1)));

describe('what files of recordings hold', () => {
  it('is their arrays of numbers with shapes, and nothing of a long table, whose columns name the axes', async () => {
    const bytes = zipSync({ 'responses.npy': array(2, 3, 4), 'days.npy': array(2) });
    const table = new TextEncoder().encode('session,stimulus,neuron,value\n1,a,1,0.5\n');
    const found = await inspectRecordings([
      { name: 'mouse.npz', bytes },
      { name: 'table.csv', bytes: table },
    ]);
    expect(found).toEqual([
      {
        name: 'mouse.npz',
        arrays: [
          { name: 'responses', shape: '2 x 3 x 4', dimensions: 3, axes: null },
          { name: 'days', shape: '2', dimensions: 1, axes: null },
        ],
      },
      { name: 'table.csv', arrays: null },
    ]);
  });

  it('cannot be told of a file that is damaged, which is named', async () => {
    await expect(inspectRecordings([{ name: 'a.mat', bytes: new Uint8Array(4) }])).rejects.toThrow('a.mat: is a MAT');
  });
});
