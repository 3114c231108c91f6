import { expect, test } from 'vitest';
import { domainOf } from './axis.js';
import { sideBySide } from './side-by-side.js';

test.each([1, 2, 4, 5, 7])('points of %d series beside each other keep room for a mark inside the frame', (count) => {
  const values = [1, 2];
  const [low, high] = domainOf('linear', values);
  const last = sideBySide(values, 'linear', count)(2, count - 1);
  // Marks are up to 5 px large; the narrowest frame of two beside each other is 250 px.
  expect(((high - last) / (high - low)) * 250).toBeGreaterThan(5);
});
