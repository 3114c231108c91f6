import { describe, expect, it } from 'vitest';
import { filtered } from './query.js';

describe('filtered', () => {
  const rows = [{ burnIn: 'auto' }, { burnIn: '300' }, { burnIn: null }];

  it('compares as text where a column holds texts', () => {
    expect(filtered(rows, ['burnIn=300'])).toEqual([rows[1]]);
    expect(filtered(rows, ['burnIn!=300'])).toEqual([rows[0]]);
  });

  it('suggests the column that a mistyped name is nearest to', () => {
    expect(() => filtered(rows, ['burnin=1'])).toThrow('--where: there is no column burnin, did you mean burnIn?');
  });
});
