import { InvalidInputError } from '#core';
import { describe, expect, it } from 'vitest';
import { npyBytes } from '../../test/support/npy.js';
import {
  csvBytes,
  npz,
  parquetBytes,
  recorded,
  recordedNpy,
  recordedRows,
  recordedValues,
} from '../../test/support/recorded.js';
import { describeRecording, recordingsFrom, type ReadOptions, type Recording } from './index.js';

const axes = 'session,trial,stimulus,neuron';

async function read(name: string, bytes: Uint8Array, options: ReadOptions = {}): Promise<Recording> {
  const [recording, ...others] = await recordingsFrom([{ name, bytes }], options);
  expect(others).toEqual([]);
  return recording;
}

/** The array of the recording with its axes in another order, row-major or not. */
function permuted(order: readonly number[], fortranOrder = false): Uint8Array {
  const shape = [3, 4, 2, 5];
  const values = recordedValues();
  const sizes = order.map((axis) => shape[axis]);
  const stored = new Float64Array(values.length);
  for (let k = 0; k < values.length; k++) {
    const index: number[] = [];
    let rest = k;
    for (let axis = 3; axis >= 0; axis--) {
      index[axis] = rest % shape[axis];
      rest = Math.floor(rest / shape[axis]);
    }
    const places = order.map((axis, i) => [index[axis], sizes[i]]);
    const from = fortranOrder ? places : places.reverse();
    let [place, step] = [0, 1];
    for (const [at, size] of from) {
      place += at * step;
      step *= size;
    }
    stored[place] = values[k];
  }
  return npyBytes('<f8', sizes, stored, { fortranOrder });
}

const expected = {
  name: 'mouse',
  ...recorded,
  values: recordedValues(),
  times: [0, 1, 2],
  timeUnit: 'session',
  stimulusLabels: ['1', '2'],
  noiseFree: false,
  frequencies: null,
};

describe('a recording', () => {
  it.each([
    ['an array', 'data/mouse.npy', recordedNpy(), axes],
    ['an array in other order', 'mouse.npy', permuted([3, 1, 0, 2]), 'neuron,trial,session,stimulus'],
    ['an array in column order', 'mouse.npy', permuted([0, 1, 2, 3], true), axes],
    ['an array in other column order', 'mouse.npy', permuted([2, 3, 1, 0], true), 'stimuli, Cells,repeats,day'],
    [
      'the only array of an archive',
      'mouse.npz',
      npz({ x: recordedNpy(), t: npyBytes('<f8', [3], new Float64Array(3)) }),
      axes,
    ],
    ['an array of an archive that is not compressed', 'mouse.npz', npz({ x: recordedNpy() }, 0), axes],
  ])('is read from %s', async (_, name, bytes, names) => {
    expect(await read(name, bytes, { axes: names })).toEqual(expected);
  });

  const rows = recordedRows();
  const shuffled = rows.map((_, k) => rows[(k * 11) % rows.length]);
  const labelled = { ...expected, stimulusLabels: ['0', '1'] };
  it.each([
    ['CSV', 'mouse.csv', csvBytes(rows)],
    ['CSV in any order of rows', 'mouse.csv', csvBytes([...rows].reverse())],
    ['Parquet', 'mouse.parquet', parquetBytes(rows)],
    ['Parquet in any order of rows', 'mouse.parquet', parquetBytes(shuffled)],
  ])('is read from a long table in %s', async (_, name, bytes) => {
    expect(new Set(shuffled).size).toBe(rows.length);
    expect(await read(name, bytes)).toEqual(labelled);
  });

  it('keeps single precision, and takes integers of any size as they are', async () => {
    const single = await read('m.npy', npyBytes('<f4', [2, 1, 2], Float32Array.of(1.5, 2.5, 3.5, 4.5)), {
      axes: 'time,stimulus,unit',
    });
    expect(single.values).toEqual(Float32Array.of(1.5, 2.5, 3.5, 4.5));
    expect(single.noiseFree).toBe(true);
    const counts = await read('m.npy', npyBytes('|u1', [2, 1, 2], Uint8Array.of(1, 2, 3, 255)), {
      axes: 'time,stimulus,unit',
    });
    expect(counts.values).toEqual(Float64Array.of(1, 2, 3, 255));
  });

  it('drops axes of size 1 that are named so', async () => {
    const bytes = npyBytes('<f8', [2, 1, 1, 3], Float64Array.of(1, 2, 3, 4, 5, 6));
    const recording = await read('m.npy', bytes, { axes: 'session,-,stimulus,neuron' });
    expect(recording).toMatchObject({ sessions: 2, trials: 1, stimuli: 1, neurons: 3, noiseFree: true });
  });

  it('is described by its shape and the shares of missing values and zeros', async () => {
    expect(describeRecording(await read('mouse.npy', recordedNpy(), { axes }))).toEqual({
      shape: '3 sessions x 4 trials x 2 stimuli x 5 neurons',
      missing: 8 / 120,
      zero: 0,
    });
    const bytes = npyBytes('<f8', [2, 1, 2], Float64Array.of(1, 0, 0, 0));
    expect(describeRecording(await read('m.npy', bytes, { axes: 'checkpoint,stimulus,unit' }))).toEqual({
      shape: '2 sessions x 1 stimulus x 2 neurons',
      missing: 0,
      zero: 0.75,
    });
  });

  it.each([
    ['axes,stimulus,neuron', /the unknown name axes, expected session/],
    ['session,session,stimulus,neuron', /name the session twice/],
    ['day,time,stimulus,neuron', /name the session twice/],
    ['session,trial,neuron', /lack the stimulus/],
    ['session,trial,stimulus,neuron,-', /the array has 4 axes \(3 x 4 x 2 x 5\), but 5 are named/],
    ['-,trial,stimulus,neuron', /its axis 1, named -, has size 3, expected 1/],
  ])('is refused for the axes %s', async (names, message) => {
    await expect(read('mouse.npy', recordedNpy(), { axes: names })).rejects.toThrow(message);
    await expect(read('mouse.npy', recordedNpy(), { axes: names })).rejects.toBeInstanceOf(InvalidInputError);
  });

  it('is never guessed: an array without axes is answered with its shape and an example', async () => {
    await expect(read('mouse.npy', recordedNpy())).rejects.toThrow(
      /has the shape 3 x 4 x 2 x 5.*--axes session,trial,stimulus,neuron/,
    );
  });
});
