import { describe, expect, it } from 'vitest';
import { npyBytes } from '#core';
import type { NamedFile } from './messages.js';
import { areRecordings, recordingFiles } from './dropped.js';

const array = (name: string, ...shape: readonly number[]): File =>
  new File([npyBytes('<f8', shape, new Float64Array(shape.reduce((a, b) => a * b, 1)))], name);
const named = (files: readonly File[]): NamedFile[] => files.map((file) => ({ path: file.name, file }));
const text = (name: string, content: string): File => new File([content], name);

describe('files that are dropped on the page', () => {
  it.each([
    ['a .mat file', [text('a.mat', '')]],
    ['a .npy file with four axes', [array('a.npy', 2, 1, 3, 2)]],
    ['a long table', [text('a.csv', '"session","stimulus","neuron", value\n1,1,1,0\n')]],
  ])('are recordings: %s', async (_, files) => {
    expect(await areRecordings(named(files))).toBe(true);
  });

  it.each([
    ['an experiment file', [text('a.yaml', '')]],
    ['an experiment file with an array that it may name', [text('a.json', '{}'), array('a.npy', 2, 2, 2)]],
    ['a table of stimuli', [array('a.npy', 3, 4)]],
    ['a table of numbers', [text('a.csv', '1,2\n3,4\n')]],
    ['a damaged array', [text('a.npy', 'x')]],
  ])('are none: %s', async (_, files) => {
    expect(await areRecordings(named(files))).toBe(false);
  });

  const below = (root: string, ...paths: string[]): NamedFile[] =>
    paths.map((path) => ({ path: `${root}/${path}`, file: text(path.replace(/.*\//, ''), '') }));

  it.each([
    ['data', 'data.zarr'],
    ['data.ZARR', 'data.ZARR'],
  ])('are all files of a directory of Zarr called %s', async (name, root) => {
    const files = recordingFiles(below(name, 'zarr.json', 'a/zarr.json', 'a/c/10', 'a/c/1', 'a/c/0', '.DS_Store'));
    const paths = ['a/c/0', 'a/c/1', 'a/c/10', 'a/zarr.json', 'zarr.json'];
    expect(files.map(({ path }) => path)).toEqual(paths.map((path) => `${root}/${path}`));
    expect(await areRecordings(files)).toBe(true);
  });

  it('are sessions in natural order where they are in a directory', async () => {
    const files = recordingFiles(below('mouse', 'day10.mat', 'day2.mat', '.hidden'));
    expect(files.map(({ path }) => path)).toEqual(['mouse/day2.mat', 'mouse/day10.mat']);
    expect(await areRecordings(files)).toBe(true);
  });
});
