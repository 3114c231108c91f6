import { describe, expect, it } from 'vitest';
import { npyBytes } from '#core';
import { areRecordings } from './dropped.js';

const array = (name: string, ...shape: readonly number[]): File =>
  new File([npyBytes('<f8', shape, new Float64Array(shape.reduce((a, b) => a * b, 1)))], name);
const text = (name: string, content: string): File => new File([content], name);

describe('files that are dropped on the page', () => {
  it.each([
    ['a .mat file', [text('a.mat', '')]],
    ['a .npy file with four axes', [array('a.npy', 2, 1, 3, 2)]],
    ['a long table', [text('a.csv', '"session","stimulus","neuron", value\n1,1,1,0\n')]],
  ])('are recordings: %s', async (_, files) => {
    expect(await areRecordings(files)).toBe(true);
  });

  it.each([
    ['an experiment file', [text('a.yaml', '')]],
    ['an experiment file with an array that it may name', [text('a.json', '{}'), array('a.npy', 2, 2, 2)]],
    ['a table of stimuli', [array('a.npy', 3, 4)]],
    ['a table of numbers', [text('a.csv', '1,2\n3,4\n')]],
    ['a damaged array', [text('a.npy', 'x')]],
  ])('are none: %s', async (_, files) => {
    expect(await areRecordings(files)).toBe(false);
  });
});
