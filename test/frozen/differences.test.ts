import { expect, it } from 'vitest';
import { differencesBetween } from './differences.js';

const frozen = { theory: { diffusion: 'a', loss: 'b' }, run: { steps: 'c' } };

it('finds no difference between equal outputs, nor in a path that is new', () => {
  expect(differencesBetween(frozen, frozen)).toEqual([]);
  expect(differencesBetween({ ...frozen, run: { steps: 'c', seconds: 'd' } }, frozen)).toEqual([]);
});

it('reports an output that has disappeared, and one that is not frozen', () => {
  expect(differencesBetween({ theory: frozen.theory }, frozen)).toEqual(['run: is missing']);
  expect(differencesBetween({ ...frozen, sweep: { steps: 'c' } }, frozen)).toEqual(['sweep: is not frozen']);
});

it('reports values that are missing or have changed', () => {
  expect(differencesBetween({ ...frozen, theory: { diffusion: 'x' } }, frozen)).toEqual([
    'theory: diffusion has other values',
    'theory: loss is missing',
  ]);
});
