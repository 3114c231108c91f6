import { expect, it } from 'vitest';
import { generator } from './streams.js';
import { Shuffle } from './shuffle.js';

const draw = (shuffle: Shuffle, count: number): number[] => Array.from({ length: count }, () => shuffle.next());

it('draws every number once in each round', () => {
  const shuffle = new Shuffle(7, generator(1, 0, 'select'));
  const rounds = Array.from({ length: 5 }, () => draw(shuffle, 7));
  for (const round of rounds) expect([...round].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(new Set(rounds.map(String)).size).toBe(5);
});

it('draws every order equally often', () => {
  const shuffle = new Shuffle(3, generator(2, 0, 'select'));
  const counts = new Map<string, number>();
  const rounds = 60_000;
  for (let k = 0; k < rounds; k++) {
    const order = draw(shuffle, 3).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  // Four standard errors of a binomial count.
  for (const count of counts.values())
    expect(Math.abs(count - rounds / 6)).toBeLessThan(4 * Math.sqrt((rounds * 5) / 36));
});

it('goes on from its state in the middle of a round', () => {
  const source = generator(3, 0, 'select');
  const shuffle = new Shuffle(5, source);
  draw(shuffle, 8);
  const other = generator(3, 1, 'select');
  const copy = new Shuffle(5, other);
  [copy.state, other.state] = [shuffle.state, source.state];
  expect(draw(copy, 20)).toEqual(draw(shuffle, 20));
  expect(shuffle.state).toHaveLength(Shuffle.words(5));
});
