import type { TheoryReport } from '#experiment';
import { describe, expect, it } from 'vitest';
import { inDirectory } from '../support/directory.js';
import { spawnMeander } from '../support/meander.js';

describe('a data set too large for the exact tensor', () => {
  it('has a D by samples with a standard error below 3%', async () => {
    const size = 52;
    const stimuli = Array.from({ length: 300 }, (_, k) =>
      Array.from({ length: size }, (__, j) => 1.5 * Math.sin(k * k + 7.3 * j * (k + 1)) ** 3),
    );
    const probes = JSON.stringify([[1, ...new Array<number>(size - 1).fill(0)]]);
    const text = `model:
  hiddenUnits: 60
  input: [{ kind: dataset, file: data.csv }]
  learningRate: 0.001
  weightDecay: 0.02
probes: ${probes}
`;
    await inDirectory(
      { 'wide.yaml': text, 'data.csv': stimuli.map((row) => row.join()).join('\n') },
      async (directory) => {
        const { code, stdout, stderr } = await spawnMeander(['theory', 'wide.yaml', '--json'], directory);
        expect(code, stderr).toBe(0);
        const { points } = JSON.parse(stdout) as TheoryReport;
        const [{ path, singularValues, rotationDiffusionEigenvalues, probes: found }] = points;
        expect({ path, modes: singularValues.length, rotationDiffusionEigenvalues }).toEqual({
          path: 'sampled',
          modes: size,
          rotationDiffusionEigenvalues: [],
        });
        expect(found[0].diffusionStandardError).toBeGreaterThan(0);
        expect(found[0].diffusionStandardError).toBeLessThan(0.03 * found[0].diffusion);
      },
    );
  });
});
