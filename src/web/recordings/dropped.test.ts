import { describe, expect, it } from 'vitest';
import { npyBytes } from '#core';
import { areRecordings, droppedFiles } from './dropped.js';

const array = (name: string, ...shape: readonly number[]): File =>
  new File([npyBytes('<f8', shape, new Float64Array(shape.reduce((a, b) => a * b, 1)))], name);
const text = (name: string, content: string): File => new File([content], name);

describe('files that are dropped on the page', () => {
  it.each([
    ['a .mat file', [text('a.mat', '')]],
    ['a .npy file with four axes', [array('a.npy', 2, 1, 3, 2)]],
    ['a long table', [text('a.csv', '"session","stimulus","neuron", value\n1,1,1,0\n')]],
  ])('are recordings: %s', async (_, files) => {
    expect(await areRecordings(await droppedFiles(files, []))).toBe(true);
  });

  it.each([
    ['an experiment file', [text('a.yaml', '')]],
    ['an experiment file with an array that it may name', [text('a.json', '{}'), array('a.npy', 2, 2, 2)]],
    ['a table of stimuli', [array('a.npy', 3, 4)]],
    ['a table of numbers', [text('a.csv', '1,2\n3,4\n')]],
    ['a damaged array', [text('a.npy', 'x')]],
  ])('are none: %s', async (_, files) => {
    expect(await areRecordings(await droppedFiles(files, []))).toBe(false);
  });

  const fileEntry = (name: string): FileSystemEntry =>
    ({
      name,
      isFile: true,
      isDirectory: false,
      file: (found: (file: File) => void) => {
        found(text(name, ''));
      },
    }) as unknown as FileSystemEntry;
  /** Gives two entries at a time, as browsers give a hundred. */
  const directory = (name: string, ...inside: FileSystemEntry[]): FileSystemEntry =>
    ({
      name,
      isFile: false,
      isDirectory: true,
      createReader: () => ({
        readEntries: (found: (entries: FileSystemEntry[]) => void) => {
          found(inside.splice(0, 2));
        },
      }),
    }) as unknown as FileSystemEntry;

  it.each([
    ['data', 'data.zarr'],
    ['data.ZARR', 'data.ZARR'],
  ])('are all files of a directory of Zarr called %s', async (name, root) => {
    const chunks = directory('c', fileEntry('1'), fileEntry('0'), fileEntry('10'));
    const entry = directory(name, fileEntry('zarr.json'), chunks, fileEntry('.DS_Store'));
    const files = await droppedFiles([text(name, '')], [entry]);
    expect(files.map(({ path }) => path)).toEqual(['c/0', 'c/1', 'c/10', 'zarr.json'].map((path) => `${root}/${path}`));
    expect(await areRecordings(files)).toBe(true);
  });

  it('are sessions in natural order where they are in a directory', async () => {
    const entry = directory('mouse', fileEntry('day10.mat'), fileEntry('day2.mat'), fileEntry('.hidden'));
    const files = await droppedFiles([], [entry]);
    expect(files.map(({ path }) => path)).toEqual(['mouse/day2.mat', 'mouse/day10.mat']);
    expect(await areRecordings(files)).toBe(true);
  });
});
