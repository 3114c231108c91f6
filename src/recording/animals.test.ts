import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidInputError } from '#core';
import { describe, expect, it } from 'vitest';
import { inDirectory } from '../../test/support/directory.js';
import { npyBytes } from '../../test/support/npy.js';
import { textBytes } from '../../test/support/recorded.js';
import { readRecordings, type ReadFileOptions } from './index.node.js';
import type { Recording } from './index.js';

/** One session of trial x stimulus x neuron, all of one value. */
const session = (value: number, trials = 2): Uint8Array =>
  npyBytes('<f8', [trials, 2, 3], new Float64Array(trials * 6).fill(value));
const animal = (...values: readonly number[]): Uint8Array =>
  npyBytes('<f4', [values.length, 2, 3], Float32Array.from(values.flatMap((value) => Array<number>(6).fill(value))));

/** Reads paths in a directory with these files in it. */
const read = (
  files: Readonly<Record<string, Uint8Array>>,
  paths: readonly string[],
  options: ReadFileOptions,
): Promise<readonly Recording[]> =>
  inDirectory({}, async (directory) => {
    for (const [name, bytes] of Object.entries(files)) {
      const path = join(directory, name);
      await mkdir(join(path, '..'), { recursive: true });
      await writeFile(path, bytes);
    }
    const at = (path: string | undefined): string | undefined =>
      path !== undefined && path in files ? join(directory, path) : path;
    return readRecordings(
      paths.map((path) => join(directory, path)),
      {
        ...options,
        times: typeof options.times === 'string' ? at(options.times) : options.times,
        labels: typeof options.labels === 'string' ? at(options.labels) : options.labels,
        frequencyFile: at(options.frequencyFile),
      },
    );
  });

/** Of each session: its first value, and how many trials have values. */
const sessionsOf = ({ values, sessions, trials, stimuli, neurons }: Recording): number[][] => {
  const size = trials * stimuli * neurons;
  return Array.from({ length: sessions }, (_, k) => {
    const part = values.subarray(k * size, (k + 1) * size);
    return [part[0], part.filter((value) => !Number.isNaN(value)).length / (stimuli * neurons)];
  });
};

const trialAxes = 'trial,stimulus,neuron';
const sessionAxes = 'day,stimulus,neuron';

describe('animals', () => {
  it('are files with sessions, called as these', async () => {
    const files = { 'a/rat.npy': animal(1, 2), 'b/rat.npy': animal(3, 4), 'mouse.npy': animal(5, 6, 7) };
    const recordings = await read(files, Object.keys(files), { axes: sessionAxes });
    expect(recordings.map(sessionsOf)).toEqual([
      [
        [1, 1],
        [2, 1],
      ],
      [
        [3, 1],
        [4, 1],
      ],
      [
        [5, 1],
        [6, 1],
        [7, 1],
      ],
    ]);
    const names = recordings.map(({ name }) => name);
    expect(names[0]).toMatch(/\/a\/rat$/);
    expect(names[1]).toMatch(/\/b\/rat$/);
    expect(names[2]).toBe('mouse');
    expect(recordings[0].values).toBeInstanceOf(Float32Array);
    expect(recordings[0].noiseFree).toBe(true);
  });

  it('are directories, whose files are sessions in natural order, with as many trials as they have', async () => {
    const files = {
      'm1/day10.npy': session(10, 4),
      'm1/day2.npy': session(2, 3),
      'm1/day1.npy': session(1),
      'm1/notes.txt': textBytes('x'),
    };
    const [recording, ...others] = await read(
      { ...files, 'm2/day1.npy': session(7), 'm2/day2.npy': session(8) },
      ['m1', 'm2'],
      {
        axes: trialAxes,
      },
    );
    expect(recording).toMatchObject({ name: 'm1', sessions: 3, trials: 4, times: [0, 1, 2], timeUnit: 'session' });
    expect(sessionsOf(recording)).toEqual([
      [1, 2],
      [2, 3],
      [10, 4],
    ]);
    expect(others.map(({ name, sessions }) => [name, sessions])).toEqual([['m2', 2]]);
  });

  it('are files of one session each, together and in the order given', async () => {
    const files = { 'mouse_day1.npy': session(1), 'mouse_day2.npy': session(2), 'mouse_day10.npy': session(10) };
    const [recording, ...others] = await read(files, ['mouse_day10.npy', 'mouse_day1.npy', 'mouse_day2.npy'], {
      axes: trialAxes,
      times: '-1,0,2.5',
      timeUnit: 'day',
    });
    expect(others).toEqual([]);
    expect(recording).toMatchObject({ name: 'mouse', times: [-1, 0, 2.5], timeUnit: 'day' });
    expect(sessionsOf(recording)).toEqual([
      [10, 2],
      [1, 2],
      [2, 2],
    ]);
  });

  it('take times, names and frequencies of stimuli from text files', async () => {
    const files = {
      'rat.npy': animal(1, 2, 3),
      'times.txt': textBytes('time\n0\n1\n3.5\n'),
      'labels.txt': textBytes('left\nright\n'),
      'counts.csv': textBytes('stimulus,count\nright,30\nleft,10\n'),
      'counts.txt': textBytes('10\n30\n'),
    };
    for (const frequencyFile of ['counts.csv', 'counts.txt']) {
      const [recording] = await read(files, ['rat.npy'], {
        axes: sessionAxes,
        times: 'times.txt',
        labels: 'labels.txt',
        frequencyFile,
      });
      expect(recording).toMatchObject({
        times: [0, 1, 3.5],
        timeUnit: 'unit of time',
        stimulusLabels: ['left', 'right'],
        frequencies: [10, 30],
      });
    }
  });

  it('of long tables have the times in them, in order of time, and trials of their own for each stimulus', async () => {
    const rows = [
      'session,time,trial,stimulus,neuron,value',
      'late,4.5,11,b,1,8',
      'early,-1,1,a,1,1',
      'early,-1,5,a,1,2',
      'early,-1,7,b,1,3',
      'late,4.5,12,a,1,',
      'late,4.5,13,a,1,9',
    ];
    const [recording] = await read({ 'rat.csv': textBytes(rows.join('\n')) }, ['rat.csv'], { timeUnit: 'week' });
    expect(recording).toMatchObject({
      times: [-1, 4.5],
      timeUnit: 'week',
      stimulusLabels: ['b', 'a'],
      trials: 2,
      noiseFree: false,
    });
    // session, trial, stimulus: early b, a; late b, a.
    expect(Array.from(recording.values)).toEqual([3, 1, NaN, 2, 8, NaN, NaN, 9]);
  });

  it('of long tables keep trials that stimuli share', async () => {
    const rows = ['session,trial,stimulus,neuron,value', '1,1,a,1,11', '1,3,a,1,13', '1,2,b,1,22', '1,3,b,1,23'];
    const [recording] = await read({ 'rat.csv': textBytes(rows.join('\n')) }, ['rat.csv'], {});
    expect(Array.from(recording.values)).toEqual([11, NaN, NaN, 22, 13, 23]);
  });

  const rat = { 'rat.npy': animal(1, 2, 3) };
  it.each<
    [what: string, files: Record<string, Uint8Array>, paths: string[], options: ReadFileOptions, message: RegExp]
  >([
    [
      'a file that is not there',
      {},
      ['rat.npy'],
      { axes: trialAxes },
      /rat\.npy: there is no such file, expected a recording/,
    ],
    [
      'a directory without files',
      { 'm/notes.txt': textBytes('x') },
      ['m'],
      { axes: trialAxes },
      /m: is a directory without recordings, expected files that end in \.npy/,
    ],
    [
      'times of another animal',
      { ...rat, 'b.npy': animal(1, 2) },
      ['rat.npy', 'b.npy'],
      { axes: sessionAxes, times: '0,1,2' },
      /b\.npy: it has 2 sessions and 3 times/,
    ],
    [
      'words among times',
      { ...rat, 't.txt': textBytes('0\nlater\n2') },
      ['rat.npy'],
      { axes: sessionAxes, times: 't.txt' },
      /t\.txt: the times have "later", expected finite numbers/,
    ],
    [
      'no such times',
      rat,
      ['rat.npy'],
      { axes: sessionAxes, times: 'nowhere.txt' },
      /rat\.npy: has no array nowhere\.txt/,
    ],
    [
      'no such frequencies',
      rat,
      ['rat.npy'],
      { axes: sessionAxes, frequencyFile: 'no.csv' },
      /no\.csv: there is no such file, expected a text file/,
    ],
    [
      'frequencies without names',
      { ...rat, 'c.csv': textBytes('1,2\n3,4\n') },
      ['rat.npy'],
      { axes: sessionAxes, frequencyFile: 'c.csv' },
      /c\.csv: has the columns 1, 2, expected a table with the columns stimulus and count/,
    ],
    [
      'a negative frequency',
      { ...rat, 'c.csv': textBytes('3\n-4\n') },
      ['rat.npy'],
      { axes: sessionAxes, frequencyFile: 'c.csv' },
      /c\.csv: line 2 has the count "-4", expected a number from 0 on/,
    ],
  ])('are refused with %s', async (_, files, paths, options, message) => {
    const error: unknown = await read(files, paths, options).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InvalidInputError);
    expect((error as Error).message).toMatch(message);
  });
});
