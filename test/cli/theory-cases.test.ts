import { describe, expect, it } from 'vitest';
import type { TheoryReport } from '../../src/experiment/index.js';
import { meander } from '../support/meander.js';
import { experimentOf, referenceCases } from '../support/reference-cases.js';
import { inDirectory } from '../support/directory.js';

const ETA = 0.001;

function expectClose(what: string, actual: readonly number[], expected: readonly number[]): void {
  expect(actual, what).toHaveLength(expected.length);
  actual.forEach((value, i) => {
    const tolerance = Math.abs(expected[i]) < 1e-9 ? 1e-9 : 1e-6 * Math.abs(expected[i]);
    expect(Math.abs(value - expected[i]), `${what}[${i}]: ${value}, expected ${expected[i]}`).toBeLessThanOrEqual(
      tolerance,
    );
  });
}

describe.concurrent('meander theory agrees with an independent program', () => {
  it.each(referenceCases)('$name', async (reference) => {
    await inDirectory({ 'case.json': experimentOf(reference, ETA) }, async (directory) => {
      const { code, stdout, stderr } = await meander(['theory', 'case.json', '--json'], directory);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const { points } = JSON.parse(stdout) as TheoryReport;
      expect(points).toHaveLength(1);
      const [found] = points;
      const { expected } = reference;
      const close = expectClose;
      close('singular values', found.singularValues, expected.singularValues);
      close('loss', [found.regularizedLossWithoutLabelNoise], [expected.regularizedLossWithoutLabelNoise]);
      close('normal curvatures', found.normalHessianEigenvalues, expected.normalHessianEigenvalues);
      const rotations = found.rotationDiffusionEigenvalues.map((value) => value / ETA ** 3);
      close('rotation diffusion', rotations, expected.rotationDiffusionEigenvaluesPerEta3);
      expect(found.probes).toHaveLength(expected.probes.length);
      found.probes.forEach(({ stimulus, squaredNorm, fluctuation, diffusion, directedSpeed }, k) => {
        const probe = expected.probes[k];
        expect(stimulus).toEqual(probe.stimulus);
        close(`|h|^2 of probe ${k}`, [squaredNorm], [probe.squaredNorm]);
        close(`F of probe ${k}`, [fluctuation / ETA], [probe.fluctuationPerEta]);
        close(`D of probe ${k}`, [diffusion / ETA ** 3], [probe.diffusionPerEta3]);
        close(`|v| of probe ${k}`, [directedSpeed / ETA ** 2], [probe.directedSpeedPerEta2]);
      });
    });
  });
});
