import { zipSync } from 'fflate';
import { InvalidInputError } from '#core';
import { describe, expect, it } from 'vitest';
import { npyBytes } from '../../test/support/npy.js';
import { csvBytes, npz, parquetBytes, recordedNpy, recordedRows, textBytes } from '../../test/support/recorded.js';
import { recordingsFrom, type ReadOptions } from './index.js';

const axes = 'session,trial,stimulus,neuron';
const npy = recordedNpy();
const [first, ...others] = recordedRows();
const pair = (values: readonly number[]): Uint8Array => npyBytes('<f8', [2, 1, 2], Float64Array.from(values));
const csv = (lines: string): Uint8Array => textBytes(`session,stimulus,neuron,value\n${lines}\n`);
const timed = (lines: string): Uint8Array => textBytes(`session,time,stimulus,neuron,value\n${lines}\n`);
const session = (shape: readonly number[]): Uint8Array =>
  npyBytes('<f8', shape, new Float64Array(shape.reduce((product, length) => product * length, 1)));

type Case = readonly [what: string, files: Readonly<Record<string, Uint8Array>>, options: ReadOptions, message: RegExp];

const cases: readonly Case[] = [
  ['no files', {}, { axes }, /there are no files, expected at least one/],
  [
    'an unknown ending',
    { 'x.xlsx': npy },
    { axes },
    /^x\.xlsx: its name has an unknown ending, expected \.npy, \.npz, \.csv/,
  ],
  [
    'a pickle',
    { 'mouse.PKL': npy },
    { axes },
    /unknown ending, expected .*; open it in Python and save the array by numpy\.save$/,
  ],
  [
    'a wide table',
    { 'x.csv': textBytes('frame,c1,c2,c3,c4,c5,c6,c7,c8\n1,1,1,1,1,1,1,1,1\n') },
    {},
    /lacks stimulus and neuron and value; .*; a table with a column for each neuron becomes one by pandas\.melt$/,
  ],
  [
    'no axes',
    { 'x.npy': npy },
    {},
    /^x\.npy: its array x\.npy has the shape 3 x 4 x 2 x 5, .*never guessed.*--axes session,trial/,
  ],
  [
    'too few axes',
    { 'x.npy': npy },
    { axes: 'session,stimulus,neuron' },
    /has 4 axes \(3 x 4 x 2 x 5\), but 3 are named/,
  ],
  ['too many axes', { 'x.npy': npy }, { axes: `${axes},-` }, /has 4 axes \(3 x 4 x 2 x 5\), but 5 are named/],
  ['an axis twice', { 'x.npy': npy }, { axes: 'session,day,stimulus,neuron' }, /name the session twice, expected once/],
  [
    'an unknown axis',
    { 'x.npy': npy },
    { axes: 'session,trail,stimulus,neuron' },
    /unknown name trail.*did you mean trial\?/,
  ],
  ['an empty axis', { 'x.npy': npy }, { axes: 'session,,stimulus,neuron' }, /have an empty name/],
  ['no neuron', { 'x.npy': npy }, { axes: 'session,trial,stimulus,-' }, /lack the neuron/],
  [
    'a long axis dropped',
    { 'x.npy': npy },
    { axes: '-,trial,stimulus,neuron' },
    /axis 1, named -, has size 3, expected 1/,
  ],
  [
    'only missing values',
    { 'x.npy': pair([NaN, NaN, NaN, NaN]) },
    { axes: 'session,stimulus,neuron' },
    /its session 1 has no values, all are NaN/,
  ],
  [
    'a session without values',
    { 'x.npy': pair([1, 2, NaN, NaN]) },
    { axes: 'session,stimulus,neuron' },
    /its session 2 has no values/,
  ],
  [
    'an infinite value',
    { 'x.npy': pair([1, 2, 3, Infinity]) },
    { axes: 'session,stimulus,neuron' },
    /the value Infinity at session 2, trial 1, stimulus 1, neuron 2/,
  ],
  [
    'no values at all',
    { 'x.npy': npyBytes('<f8', [2, 0, 2], new Float64Array(0)) },
    { axes: 'session,stimulus,neuron' },
    /it is empty \(2 x 0 x 2\)/,
  ],
  [
    'complex numbers',
    { 'x.npy': npyBytes('<c16', [2, 1, 2], new Float64Array(8)) },
    { axes },
    /holds complex numbers \(<c16\), expected real numbers/,
  ],
  ['Python objects', { 'x.npy': npyBytes('|O', [2, 1, 2], new Uint8Array(9)) }, { axes }, /holds Python objects/],
  [
    'a truncated NPY',
    { 'x.npy': npy.subarray(0, 500) },
    { axes },
    /^x\.npy: \d+ bytes follow its header, expected 960/,
  ],
  ['a NPY that is none', { 'x.npy': textBytes('hello world') }, { axes }, /^x\.npy: is not an \.npy file/],
  [
    'a truncated NPZ',
    { 'x.npz': npz({ x: npy }).subarray(0, 300) },
    { axes },
    /^x\.npz: is no ZIP archive, or it is cut off/,
  ],
  [
    'an NPZ without arrays',
    { 'x.npz': zipSync({ 'a.txt': npy }) },
    { axes },
    /holds no array of numbers with two axes or more; it is empty/,
  ],
  [
    'an NPZ of several arrays',
    { 'x.npz': npz({ a: npy, b: npy }) },
    { axes },
    /several arrays; expected --key .*it has a \(3 x 4 x 2 x 5\), b/,
  ],
  [
    'an NPZ of times alone',
    { 'x.npz': npz({ t: npyBytes('<f8', [3], new Float64Array(3)) }) },
    { axes },
    /holds no array of numbers with two axes or more; it has t \(3\)/,
  ],
  [
    'an unknown key',
    { 'x.npz': npz({ rates: npy, b: npy }) },
    { axes, key: 'rate' },
    /has no array rate; did you mean rates\?; it has rates \(3 x/,
  ],
  [
    'a MAT file cut off in its header',
    { 'x.mat': textBytes('MATLAB 5.0') },
    { axes },
    /^x\.mat: is cut off: it has 10 bytes/,
  ],
  [
    'a MAT file that is none',
    { 'x.mat': textBytes('x'.repeat(200)) },
    { axes },
    /is no MAT file: its header has no mark/,
  ],
  ['an HDF5 file that is none', { 'x.h5': npy }, { axes }, /^x\.h5: is no HDF5 file, or it is damaged or cut off/],
  ['an empty CSV', { 'x.csv': textBytes('\n') }, {}, /^x\.csv: it is empty, expected a long table/],
  ['a CSV of names alone', { 'x.csv': textBytes('session,stimulus,neuron,value\n') }, {}, /it has no rows/],
  [
    'a CSV of numbers alone',
    { 'x.csv': textBytes('1,2\n3,4\n') },
    {},
    /table of numbers without a line of names, and which axis is which cannot be told/,
  ],
  [
    'a CSV without values',
    { 'x.csv': textBytes('session,stimulus,cell\n1,2,3\n') },
    {},
    /columns session, stimulus, cell and lacks neuron and value/,
  ],
  [
    'a column twice',
    { 'x.csv': textBytes('value,stimulus,neuron,value\n1,2,3,4\n') },
    {},
    /it has the column value twice/,
  ],
  [
    'text as a value',
    { 'x.csv': csv('1,a,1,2.5\n1,b,1,high') },
    {},
    /row 2: its value is "high", expected a finite number, or nothing/,
  ],
  ['an empty label', { 'x.csv': csv('1,a,1,2.5\n1,,1,3') }, {}, /row 2: its stimulus is empty/],
  ['a row that is too short', { 'x.csv': csv('1,a,1') }, {}, /row 1 has 3 cells, expected 4/],
  [
    'rows twice',
    { 'x.csv': csvBytes([first, ...others, first]) },
    {},
    /rows 1 and 113 are of the same session, trial, stimulus and neuron/,
  ],
  ['repeats without trials', { 'x.csv': csv('1,a,1,2\n1,a,1,3') }, {}, /rows 1 and 2 .*repeats need a column trial/],
  [
    'sessions without an order',
    { 'x.csv': csv('before,a,1,2\nafter,a,1,3') },
    {},
    /called before, after, which gives no order; expected numbers, or a column time/,
  ],
  [
    'a session at two times',
    { 'x.csv': timed('1,0,a,1,2\n1,5,b,1,3') },
    {},
    /row 2: session 1 has the time 5, before it had 0/,
  ],
  ['two sessions at one time', { 'x.csv': timed('1,0,a,1,2\n2,0,a,1,3') }, {}, /sessions 1 and 2 have the same time 0/],
  ['text as a time', { 'x.csv': timed('1,noon,a,1,2') }, {}, /row 1: its time is "noon", expected a finite number$/],
  ['axes of a table', { 'x.csv': csv('1,a,1,2') }, { axes }, /whose columns say what the axes are; leave out --axes/],
  [
    'a truncated Parquet',
    { 'x.parquet': parquetBytes(others).subarray(0, 900) },
    {},
    /^x\.parquet: is no Parquet file, or it is damaged or cut off/,
  ],
  ['an archive that is no Zarr', { 'x.zip': zipSync({ 'a.txt': npy }) }, { axes }, /holds no array of numbers/],
  [
    'too few times',
    { 'x.npy': npy },
    { axes, times: '0,1' },
    /it has 3 sessions and 2 times, expected one time for each/,
  ],
  [
    'times that do not increase',
    { 'x.npy': npy },
    { axes, times: '0,5,5' },
    /sessions 2 and 3 are 5 and 5, expected strictly increasing/,
  ],
  ['one time', { 'x.npy': npy }, { axes, times: '4' }, /it has 3 sessions and 1 time, expected/],
  [
    'NaN among the times',
    { 'x.npy': npy },
    { axes, times: '0,nan,2' },
    /^--times: the times have "nan", expected finite numbers, separated by commas or one a line$/,
  ],
  ['NaN as the time', { 'x.npy': npy }, { axes, times: 'NaN' }, /^--times: the times have "NaN"/],
  ['a word among the times', { 'x.npy': npy }, { axes, times: '0,one,2' }, /^--times: the times have "one"/],
  ['no times', { 'x.npy': npy }, { axes, times: ' ' }, /^--times: the times are empty, expected numbers$/],
  ['no unit', { 'x.npy': npy }, { axes, timeUnit: '' }, /^--unit: is empty, expected a word, such as day$/],
  ['times under an unknown key', { 'x.npz': npz({ x: npy }) }, { axes, times: 'days' }, /has no array days; it has x/],
  [
    'a matrix as times',
    { 'x.npz': npz({ x: npy }) },
    { axes, times: 'x' },
    /its array x has the shape 3 x 4 x 2 x 5, expected one time/,
  ],
  ['too few labels', { 'x.npy': npy }, { axes, labels: ['a'] }, /2 stimuli and 1 label, expected/],
  ['labels twice', { 'x.npy': npy }, { axes, labels: 'a,a' }, /two of its stimuli are called a/],
  ['too few frequencies', { 'x.npy': npy }, { axes, frequencies: [1] }, /2 stimuli and 1 frequency, expected/],
  [
    'a stimulus without a frequency',
    { 'x.npy': npy },
    { axes, frequencies: new Map([['1', 4]]) },
    /its stimulus 2 has no frequency/,
  ],
  [
    'files of other neurons',
    { 'day1.npy': session([4, 2, 5]), 'day2.npy': session([4, 2, 6]) },
    { axes: 'trial,stimulus,neuron' },
    /day2\.npy has 6 along neuron, day1\.npy has 5/,
  ],
  [
    'files of other stimuli',
    { 'day1.npy': session([4, 2, 5]), 'day2.npy': session([4, 3, 5]) },
    { axes: 'trial,stimulus,neuron' },
    /day2\.npy has 3 along stimulus, day1\.npy has 2/,
  ],
  [
    'files of other labels',
    {
      'day1.csv': textBytes('stimulus,neuron,value\na,1,2\n'),
      'day2.csv': textBytes('stimulus,neuron,value\nb,1,2\n'),
    },
    {},
    /stimulus 1 is called b, in day1\.csv a/,
  ],
];

describe('a file that is named again is refused, as another animal and as another session', () => {
  const read = (axes: string, ...names: readonly string[]): Promise<unknown> =>
    recordingsFrom(
      names.map((name) => ({ name, bytes: npy })),
      { axes },
    );
  it.each([
    [['x.npy', 'x.npy', './x.npy'], /^x\.npy: is named 3 times, expected each file once/],
    [['a/x.npy', 'y.npy', 'a//x.npy'], /^a\/x\.npy: is named twice, expected each file once/],
  ])('%s', async (names, message) => {
    await expect(read(axes, ...names)).rejects.toThrow(message);
    await expect(read('-,trial,stimulus,neuron', ...names)).rejects.toThrow(message);
    await expect(read(axes, ...new Set(names.map((_, k) => `${k}.npy`)))).resolves.toHaveLength(3);
  });
});

describe('what is no recording is answered with one clear message', () => {
  it.each(cases)('%s', async (_, files, options, message) => {
    const list = Object.entries(files).map(([name, bytes]) => ({ name, bytes }));
    const error: unknown = await recordingsFrom(list, options).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InvalidInputError);
    const { message: text } = error as Error;
    expect(text).toMatch(message);
    expect(text).not.toMatch(/\n|undefined|\[object/);
  });
});
