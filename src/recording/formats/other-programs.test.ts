// Files that other programs write hold the numbers of the recording, whatever their format.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidInputError } from '#core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recorded, recordedValues } from '../../../test/support/recorded.js';
import { systemPackages } from '../../../test/support/system-packages.js';
import { flat } from '../arrays/numeric-array.js';
import { recordingsFrom, type ReadOptions, type Recording } from '../index.js';
import { readRecordings, type ReadFileOptions } from '../index.node.js';
import { openFile } from './formats.js';

const axes = 'session,trial,stimulus,neuron';
const directory = mkdtempSync(join(tmpdir(), 'meander-'));
const programs = new URL('../../../test/support/programs/', import.meta.url).pathname;
const missing = (...names: string[]): string[] =>
  systemPackages.filter(({ name, file }) => names.includes(name) && !existsSync(file)).map(({ name }) => name);
const lackOfOctave = missing('octave');
const lackOfPython = missing('python3-numpy', 'python3-scipy', 'python3-h5py', 'python3-zarr');

afterAll(() => {
  rmSync(directory, { recursive: true });
});

function run(program: string, ...args: string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program}: ${stderr}`);
}

async function read(name: string, options: ReadOptions): Promise<Recording> {
  const [recording] = await recordingsFrom([{ name, bytes: readFileSync(join(directory, name)) }], options);
  return recording;
}

const expected = {
  ...recorded,
  values: recordedValues(),
  times: [0, 1, 2],
  stimulusLabels: ['1', '2'],
  noiseFree: false,
};
/** The recording where the last session has one trial or three. */
const ragged = (trials: number): Float64Array =>
  expected.values.map((value, k) => (k >= 80 && Math.floor((k % 40) / 10) >= trials ? NaN : value));
const rounded = expected.values.map((value) => (Number.isNaN(value) ? -1 : Math.trunc(value)));
const truth = rounded.map((value) => Math.abs(value) % 2);

/** Variables of a MAT file, or of Octave's HDF5: what to ask for and what to get. */
const variables: readonly (readonly [key: string, axes: string, values: Float64Array | Float32Array])[] = [
  ['x', axes, expected.values],
  ['single_x', axes, Float32Array.from(expected.values)],
  ['counts', axes, rounded],
  ['truth', axes, truth],
  ['s.day.activity', axes, expected.values],
  ['cells', axes, ragged(3)],
  ['days.activity', axes, ragged(3)],
  ['turned', 'session,neuron,stimulus,trial', ragged(1)],
];

describe.skipIf(lackOfOctave.length > 0)(`Octave (${lackOfOctave.join(', ')})`, () => {
  beforeAll(() => {
    run('/usr/bin/octave-cli', '--norc', '--quiet', '--eval', `addpath('${programs}'); recording('${directory}')`);
  });

  const files = ['octave-v6.mat', 'octave-v7.mat', 'octave-hdf5.h5'];
  it.each(files.flatMap((file) => variables.map((variable) => [file, ...variable] as const)))(
    'writes to %s under %s the recording',
    async (file, key, names, values) => {
      expect(await read(file, { axes: names, key })).toMatchObject({ ...recorded, values });
    },
  );

  const listed = 'session,stimulus,trial,neuron';
  it.each([
    ['lists.mat', listed, 'nested'],
    ['lists.mat', listed, 'grid'],
    ['lists.h5', listed, 'nested'],
    ['lists.h5', listed, 'grid'],
    ['mice.mat', axes, 'mice.sessions{2}.dff'],
  ])('writes to %s lists within lists: %s of %s', async (file, names, key) => {
    expect(await read(file, { axes: names, key })).toMatchObject({ ...recorded, values: ragged(3) });
  });

  it('writes matrices of cells, whose parts have the names that MATLAB gives them', async () => {
    const parts = await Promise.all(
      ['grid{5}', 'grid{2,2}'].map((key) => read('grid.mat', { axes: 'stimulus,neuron', key })),
    );
    expect(parts[0].values).toEqual(parts[1].values);
    expect(Array.from(parts[0].values).slice(0, 2)).toEqual([1010.25, 1011.25]);
    await expect(read('grid.mat', { axes: 'trial,stimulus,neuron' })).rejects.toThrow(
      /the list and its arrays have 4 axes \(3 x 2 x 4 x 5\), .*; one of its arrays alone is --key 'grid\{1\}'$/,
    );
  });

  it.each(files)('writes times and labels to %s, in cells or rows of characters', async (file) => {
    for (const labels of ['labels', 'names']) {
      const found = await read(file, { axes, key: 'x', times: 's.day.when', labels, timeUnit: 'day' });
      expect(found).toMatchObject({ times: [0, 1, 3.5], stimulusLabels: ['left', 'right'], timeUnit: 'day' });
    }
  });

  it.each([
    ['only.mat', expected.values],
    ['nested.mat', expected.values],
  ])('needs no key for the only large array of %s', async (file, values) => {
    expect((await read(file, { axes })).values).toEqual(values);
  });

  it.each([
    [
      'octave-v7.mat',
      undefined,
      /holds several variables; expected --key.*it has x \(3 x 4 x 2 x 5\), .*labels \(2, text\)/,
    ],
    ['octave-v7.mat', 's', /its s is a group, expected the name of one variable in it; it has s\.day\.activity/],
    ['octave-v6.mat', 'c', /c holds complex numbers, expected real numbers/],
    ['octave-v7.mat', 'sparse_x', /sparse_x holds a sparse matrix: save full\(x\)/],
    ['octave-v7.mat', 'names', /names holds text, expected real numbers/],
    ['text.mat', 'x', /is a text file of Octave, expected MAT files of version 5/],
    ['mice.mat', undefined, /holds no variable of numbers .*mice\.sessions\{1\}\.dff \(3 x \* x 2 x 5, 3 arrays\)/],
    ['four.mat', 't', /is a MAT file of version 4 or no MAT file/],
  ])('is asked for other data where %s has none under %s', async (file, key, message) => {
    await expect(read(file, { axes, key })).rejects.toThrow(message);
  });
});

describe.skipIf(lackOfPython.length > 0)(`Python (${lackOfPython.join(', ')})`, () => {
  beforeAll(() => {
    run('/usr/bin/python3', join(programs, 'recording.py'), directory);
  });

  const small = Float64Array.from({ length: 120 }, (_, k) => k);
  const types = ['f4', 'f8', 'i1', 'i2', 'i4', 'i8', 'u1', 'u2', 'u4', 'u8'];
  it.each(types.flatMap((type) => ['le', 'be'].flatMap((order) => ['C', 'F'].map((memory) => [type, order, memory]))))(
    'writes NPY of type %s, %s, in order %s',
    async (type, order, memory) => {
      const { values } = await read(`numpy-${order}-${type}-${memory}.npy`, { axes });
      const numbers = type.startsWith('f') ? expected.values : small;
      expect(values).toEqual(type === 'f4' ? Float32Array.from(numbers) : numbers);
    },
  );

  it.each<[file: string, options: ReadOptions, values: Float64Array | Float32Array]>([
    ['numpy-bool.npy', { axes }, truth],
    ['numpy-stored.npz', { axes, times: 'times', labels: 'labels' }, expected.values],
    ['numpy-deflated.npz', { axes, times: 'times', labels: 'labels' }, expected.values],
    ['h5py.h5', { axes, key: 'x', times: 'times', labels: '/labels' }, expected.values],
    ['h5py.h5', { axes, key: '/deep/er/packed', labels: 'letters' }, expected.values],
    ['h5py.h5', { axes, key: 'deep/single' }, Float32Array.from(expected.values)],
    ['h5py.h5', { axes, key: 'deep/whole' }, rounded],
    ['h5py.h5', { axes, key: 'deep/truth' }, truth],
    ['h5py.h5', { axes, key: 'days/*/activity' }, ragged(3)],
    ['labelled.h5', {}, expected.values],
    ['scaled.nc', { key: 'x' }, expected.values],
    ['session.nwb', { axes, times: 'processing/behavior/Responses/timestamps' }, expected.values],
    ['session.nwb', { axes, key: '/processing/behavior/Responses/data' }, expected.values],
  ])('writes to %s the recording: %j', async (file, options, values) => {
    expect(await read(file, options)).toMatchObject({
      ...expected,
      values,
      times: options.times === undefined ? [0, 1, 2] : [0, 1, 3.5],
      stimulusLabels: options.labels === undefined ? ['1', '2'] : ['left', 'right'],
    });
  });

  const compressions = ['none', 'gzip', 'zlib', 'blosc', 'bloscbits', 'zstd', 'lz4'];
  it.each<[file: string, options: ReadFileOptions, values: Float64Array | Float32Array]>([
    ...compressions.map((name): [string, ReadFileOptions, Float64Array] => [`${name}.zarr`, { axes }, expected.values]),
    ['columns.zarr', { axes }, Float32Array.from(expected.values)],
    ['archive.zarr.zip', { axes }, expected.values],
    ['group.zarr', { key: 'deep/x', times: 'times', labels: 'labels' }, expected.values],
    ['group.zarr', { axes, key: 'deep/whole' }, rounded],
    ['group.zarr', { axes, key: 'deep/truth' }, truth],
    ['h5py.h5', { axes, key: 'deep/single' }, Float32Array.from(expected.values)],
    ['matlab73.mat', { axes, key: 'cells' }, ragged(3)],
    ['scipy-deflated.mat', { axes, key: 'x' }, expected.values],
  ])('writes to the disk %s with the recording: %j', async (file, options, values) => {
    const [recording] = await readRecordings([join(directory, file)], options);
    expect(recording).toMatchObject({
      ...recorded,
      name: file.replace(/\..*/, ''),
      values,
      times: options.times === undefined ? [0, 1, 2] : [0, 1, 3.5],
      stimulusLabels: options.labels === undefined ? ['1', '2'] : ['left', 'right'],
    });
  });

  it('writes complex numbers to Zarr, which are no recording', async () => {
    await expect(readRecordings([join(directory, 'group.zarr')], { axes, key: 'waves' })).rejects.toThrow(
      /waves holds complex numbers, expected real numbers/,
    );
  });

  it('writes Zarr in files that are read from memory, too', async () => {
    const root = join(directory, 'blosc.zarr');
    const names = readdirSync(root);
    const files = names.map((name) => ({ name: `data/blosc.zarr/${name}`, bytes: readFileSync(join(root, name)) }));
    expect(await recordingsFrom(files, { axes })).toMatchObject([{ ...expected, name: 'blosc' }]);
  });

  const scipy = variables.filter(([key]) => !['single_x', 'truth', 'turned'].includes(key));
  it.each([
    ...variables.map((variable) => ['matlab73.mat', ...variable] as const),
    ...['scipy-stored.mat', 'scipy-deflated.mat'].flatMap((file) =>
      scipy.map((variable) => [file, ...variable] as const),
    ),
  ])('writes to %s under %s the recording', async (file, key, names, values) => {
    expect(await read(file, { axes: names, key, times: 's.day.when', labels: 'names' })).toMatchObject({
      ...recorded,
      values,
      times: [0, 1, 3.5],
      stimulusLabels: ['left', 'right'],
    });
  });

  it('has arrays that MATLAB wrote, in either byte order, which are read as scipy reads them', async () => {
    type Arrays = Record<string, { shape: number[]; values: number[] }>;
    const files = JSON.parse(readFileSync(join(directory, 'matlab-files.json'), 'utf8')) as Record<string, Arrays>;
    for (const [file, arrays] of Object.entries(files)) {
      const opened = await openFile(file, readFileSync(file));
      if (opened.kind === 'table') throw new Error('a table');
      for (const [name, { shape, values }] of Object.entries(arrays)) {
        const entry = opened.container.entries.find((other) => other.name === name);
        const content = await entry?.read();
        expect(entry?.shape).toEqual(shape);
        expect(content?.kind === 'array' && Array.from(flat(content.array))).toEqual(values);
      }
    }
  });

  it.each([
    ['complex.npy', undefined, /holds complex numbers \(<c16\), expected real numbers/],
    ['object.npy', undefined, /holds Python objects \(\|O\), expected real numbers/],
    ['h5py.h5', undefined, /holds several datasets; expected --key .*deep\/er\/packed \(3 x 4 x 2 x 5\)/],
    ['h5py.h5', 'deep', /its deep is a group, expected the name of one dataset in it; it has deep\/er\/packed/],
    ['h5py.h5', 'deep/ar/packed', /has no dataset deep\/ar\/packed; did you mean deep\/er\/packed\?; it has/],
    ['h5py.h5', 'days/*/rate', /has no dataset of numbers that matches days\/\*\/rate/],
    ['h5py.h5', 'waves', /waves holds complex numbers/],
    ['h5py.h5', 'half', /half holds floating-point numbers of 16 bits/],
    ['h5py.h5', 'lzf', /lzf cannot be read: it is compressed by lzf, expected no compression or gzip/],
    ['session.nwb', 'units/electrodes', /holds references/],
    [
      'session.nwb',
      'intervals/trials/id',
      /has 1 axis \(4\), but 4 are named .*; spike times and traces of an NWB file .*from_nwb\.py/,
    ],
    ['h5py.h5', 'times', /has 1 axis \(3\), but 4 .*; traces over time have to become responses/],
    ['matlab73.mat', 'c', /c holds complex numbers/],
    ['matlab73.mat', 'sparse_x', /sparse_x holds a sparse matrix/],
    ['matlab73.mat', 'empty', /the array has 2 axes \(0 x 3\)/],
  ])('writes what %s has under %s, which is no recording', async (file, key, message) => {
    await expect(read(file, { axes, key })).rejects.toThrow(message);
  });

  const damageable: readonly [file: string, options: ReadOptions][] = [
    ['numpy-le-f8-C.npy', { axes }],
    ['numpy-stored.npz', { axes, times: 'times', labels: 'labels' }],
    ['scipy-stored.mat', { axes, key: 'cells', times: 's.day.when', labels: 'names' }],
    ['scipy-deflated.mat', { axes, key: 'days.activity', times: 't' }],
    ['matlab73.mat', { axes, key: 'cells', times: 's.day.when', labels: 'labels' }],
    ['h5py.h5', { axes, key: 'deep/er/packed', times: 'times', labels: 'labels' }],
    ['archive.zarr.zip', { axes }],
  ];
  it.each(damageable)('writes %s, of which no damage brings anything but a clear message', async (file, options) => {
    const bytes = readFileSync(join(directory, file));
    const random = randomNumbers(1);
    const messages = new Set<string>();
    for (let k = 0; k < 60; k++) {
      const error: unknown = await recordingsFrom([{ name: file, bytes: damaged(bytes, random) }], options).catch(
        (reason: unknown) => reason,
      );
      if (!(error instanceof Error)) continue;
      expect(error).toBeInstanceOf(InvalidInputError);
      messages.add(error.message.replace(/\d+/g, '#'));
    }
    expect(messages.size).toBeGreaterThan(1);
    for (const message of messages) expect(message).not.toMatch(/\n|undefined|is not a function|typed array|HDF5-DIAG/);
  });
});

/** Whole numbers below a limit, the same in every run. */
function randomNumbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
}

/** A copy that is cut off, or of which some bytes are others, most of them near its beginning. */
function damaged(bytes: Uint8Array, random: (limit: number) => number): Uint8Array {
  if (random(4) === 0) return bytes.slice(0, random(bytes.length));
  const copy = Uint8Array.from(bytes);
  for (let k = random(8); k >= 0; k--) copy[random(random(2) === 0 ? 512 : copy.length) % copy.length] = random(256);
  return copy;
}
