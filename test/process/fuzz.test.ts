// The short form of npm run test:fuzz: the same random cases each time, fewer of them.
import { describe, expect, it } from 'vitest';
import { suites } from '../fuzz/suites.js';

/** Another seed than that of the long form, so that both together meet more cases. */
const SEED = 2;

describe('what nobody would write on purpose', () => {
  it.each(suites)('$short $what: no stack trace, no hang, no silent acceptance', async ({ short, suite }) => {
    const { cases, counts, complaints } = await suite({ seed: SEED, from: 0, count: short });
    expect(complaints).toEqual([]);
    expect(cases).toBe(short);
    expect(Object.keys(counts).length, 'the cases end in different ways').toBeGreaterThan(1);
  });
});
