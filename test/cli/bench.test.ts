import { describe, expect, it } from 'vitest';
import { number } from '../support/shapes.js';
import { meander, meanderJson } from '../support/meander.js';

describe('meander bench theory', () => {
  it('measures one case with --case', async () => {
    const figures = await meanderJson(['bench', 'theory', '--case', 'gaussian-16']);
    expect(figures).toMatchObject({ path: 'spectral', learnedModes: 16, planes: 120, seconds: number });
  });

  it('rejects an unknown case with the names of all', async () => {
    const wrong = await meander(['bench', 'theory', '--case', 'gaussian']);
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    expect(wrong.stderr).toContain('expected one of gaussian-16-general, gaussian-16');
  });
});

describe('meander bench rules', () => {
  it('rejects a size that it does not have with those that it has', async () => {
    const wrong = await meander(['bench', 'rules', '--inputs', '6']);
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    expect(wrong.stderr).toContain('found 6, expected one of 5, 20, 100, 400, 784');
  });
});
