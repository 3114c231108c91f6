import { describe, expect, it } from 'vitest';
import { timesTheory } from './far.js';

describe('the size in a note', () => {
  it('is the ratio to the theory, or the range of several', () => {
    expect(timesTheory([30.04])).toBe('30 times theory');
    expect(timesTheory([3, 30.04, 1.5])).toBe('1.5 to 30 times theory');
  });
});
