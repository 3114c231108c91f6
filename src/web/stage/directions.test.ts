import { expect, it } from 'vitest';
import { directionsApart } from './directions.js';

const rows = (data: Float64Array, width: number): number[][] =>
  Array.from({ length: data.length / width }, (_, i) => Array.from(data.subarray(i * width, (i + 1) * width)));
const product = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * b[i], 0);

it('finds orthonormal directions that keep equally long orthogonal codes apart', () => {
  const units = 8;
  const hidden = new Float64Array(5 * units);
  for (let k = 0; k < 5; k++) hidden[k * units + k + 2] = 2;
  const directions = rows(directionsApart(hidden, 5), units);
  directions.forEach((left, i) => {
    directions.forEach((right, j) => {
      expect(product(left, right)).toBeCloseTo(Number(i === j), 12);
    });
  });
  const places = rows(hidden, units).map((h) => directions.map((direction) => product(direction, h)));
  places.forEach((left, i) => {
    for (const right of places.slice(0, i)) {
      expect(Math.hypot(...left.map((value, axis) => value - right[axis]))).toBeGreaterThan(1);
    }
  });
});

it('takes the axes where there are three, and adds some where the probes span less', () => {
  expect(rows(directionsApart(Float64Array.of(0, 2, 0), 1), 3)).toEqual([
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]);
  const directions = rows(directionsApart(Float64Array.of(0, 0, 0, 1), 1), 4);
  expect(directions.map((direction) => Math.hypot(...direction))).toEqual([1, 1, 1]);
});
