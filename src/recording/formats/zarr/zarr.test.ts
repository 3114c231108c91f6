import { describe, expect, it } from 'vitest';
import * as zarr from 'zarrita';
import { recorded, recordedValues } from '../../../../test/support/recorded.js';
import { recordingsFrom } from '../../index.js';

/** Files of an array of version 3, with the names of its axes, in a group. */
async function filesOf(codecs: zarr.CodecMetadata[]): Promise<{ name: string; bytes: Uint8Array }[]> {
  const store = new Map<`/${string}`, Uint8Array>();
  const group = await zarr.create(store, { attributes: {} });
  const array = await zarr.create(group.resolve('activity'), {
    shape: [3, 4, 2, 5],
    chunkShape: [2, 4, 2, 3],
    dtype: 'float64',
    fillValue: NaN,
    codecs,
    dimensionNames: ['session', 'trial', 'stimulus', 'neuron'],
  });
  await zarr.set(array, null, { data: recordedValues(), shape: [3, 4, 2, 5], stride: [40, 10, 5, 1] });
  return Array.from(store, ([path, bytes]) => ({ name: `rat.zarr${path}`, bytes }));
}

describe('Zarr, version 3', () => {
  it.each([
    ['no codecs', []],
    ['little-endian bytes', [{ name: 'bytes', configuration: { endian: 'little' } }]],
    [
      'a transposed order',
      [
        { name: 'transpose', configuration: { order: [3, 2, 1, 0] } },
        { name: 'bytes', configuration: { endian: 'little' } },
      ],
    ],
  ])('is read with %s, and names its axes itself', async (_, codecs) => {
    const [recording, ...others] = await recordingsFrom(await filesOf(codecs), {});
    expect(others).toEqual([]);
    expect(recording).toMatchObject({ name: 'rat', ...recorded, values: recordedValues() });
  });
});
