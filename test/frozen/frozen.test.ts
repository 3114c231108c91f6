import { expect, test } from 'vitest';
import { differencesOf } from './differences.js';
import { digestsOfOutputs } from './outputs.js';

test('theory, runs, verdicts, tables and copied files have the numbers and texts that were frozen', async () => {
  const digests = await digestsOfOutputs();
  expect(Object.keys(digests).length).toBeGreaterThan(15);
  expect(differencesOf(digests)).toEqual([]);
});
