import { expect, it } from 'vitest';
import { similarityOver } from './similarity.js';

const pair = { product: 1, productSquared: 1, norms: 1, independentProduct: 0.5, independentNorms: 1 };

it('S and that of independent drift are free of the bias of roots of noisy numbers', () => {
  expect(similarityOver([pair])).toEqual({ similarity: 1, independent: 0.5, tooLarge: 1 });
  const { similarity, independent } = similarityOver([{ ...pair, productSquared: 0.8 }]);
  expect([similarity, independent]).toEqual([1 / 1.1, 0.5 / 1.1]);
});

it('there is no S where noise leaves nothing of the product', () => {
  for (const productSquared of [-0.1, 2.1]) {
    expect(similarityOver([{ ...pair, productSquared }])).toEqual({ similarity: NaN, independent: NaN, tooLarge: NaN });
  }
});
