import { expect, it } from 'vitest';
import { PointError } from '#execute';
import { errorOfClaim } from './error.js';

it('an error about a point of a reproduction names the claim that it belongs to', () => {
  const prepared = [
    { claim: { id: '1', preset: 'one.yaml' }, points: [1, 2] },
    { claim: { id: '3a', preset: 'three.yaml' }, points: [3] },
  ];
  const named = (point: number): string => errorOfClaim(new PointError('no good', [], point), prepared).message;
  expect([0, 1, 2].map(named)).toEqual([
    'claim 1, presets/one.yaml: no good',
    'claim 1, presets/one.yaml: no good',
    'claim 3a, presets/three.yaml: no good',
  ]);
});
