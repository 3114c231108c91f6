import { expect, it } from 'vitest';
import { claimsMapTable } from './table.js';

it('calls the axes of the map what the sweep of the file calls its keys', () => {
  const named = (name: string, label: string) => ({ name, value: 0.1, index: 0, label });
  const assignments = [named('model.weightDecay', 'forgetting'), named('model.input.1.weight', 'shown')];
  expect(claimsMapTable([], [], assignments).labels).toEqual({ weightDecay: 'forgetting', frequency: 'shown' });
  expect(claimsMapTable([]).labels).toEqual({});
});
