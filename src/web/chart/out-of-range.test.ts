import { expect, it } from 'vitest';
import { inFrame } from './out-of-range.js';
import { scaleOf } from './scales.js';

const frame = { left: 10, right: 110, top: 5, bottom: 105 };
const linear = { frame, toX: scaleOf('linear', [0, 1], [10, 110]), toY: scaleOf('linear', [0, 1], [105, 5]) };

it.each([
  [0.5, 0.5, { x: 60, y: 55, beyond: null }],
  [0, 1, { x: 10, y: 5, beyond: null }],
  [0.5, 3, { x: 60, y: 5, beyond: 'up' }],
  [0.5, -1, { x: 60, y: 105, beyond: 'down' }],
  [2, 0.5, { x: 110, y: 55, beyond: 'right' }],
  [-2, 0.5, { x: 10, y: 55, beyond: 'left' }],
  [2, 3, { x: 110, y: 5, beyond: 'up' }],
  [0.5, NaN, null],
])('the point %d, %d is drawn at the place inside the frame that is nearest to it', (u, v, place) => {
  expect(inFrame(linear, u, v)).toEqual(place);
});

it.each([0, -1])('%d lies below all values of a logarithmic axis', (v) => {
  expect(inFrame({ ...linear, toY: scaleOf('log', [1, 100], [105, 5]) }, 0.5, v)).toEqual({
    x: 60,
    y: 105,
    beyond: 'down',
  });
});
