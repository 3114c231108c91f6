// The numbers of the page against those of the command line.
import { expect, it } from 'vitest';
import type { RunReport } from '../../src/experiment/index.js';
import { temporaryFile } from '../support/directory.js';
import { meander, meanderJson } from '../support/meander.js';
import { inDirectory } from '../support/directory.js';
import { describeLab, pauseLab, waitForSamples } from '../support/lab.js';
import { arraysOf, clipboardOf, rowsOf } from './downloads.js';

describeLab('the numbers of the lab', (lab) => {
  it('are reproduced by the command line in every digit, and show the most frequent stimulus to drift most slowly', async () => {
    const { page, complaints, close } = await lab.open('#preset=frequency&f=0&n=6&replicas=16');
    const theory = page.locator('tr[data-probe="0"] td').first();
    const before = (await theory.textContent()) ?? '';
    await page.locator('input[name=f]').fill('0.4');
    await expect.poll(() => theory.textContent()).not.toBe(before);
    expect(page.url()).toContain('f=0.4');
    await waitForSamples(page, 80);
    await pauseLab(page);

    const rows = await rowsOf(page);
    const [often, ...others] = rows.map(({ diffusionSimulation: value, diffusionSimulationStandardError: se }) => ({
      value,
      se,
    }));
    for (const other of others) {
      expect(other.value - often.value).toBeGreaterThan(5 * Math.hypot(other.se, often.se));
    }

    await page.getByRole('button', { name: 'Copy as experiment file' }).click();
    await page.getByText('Copied the experiment file').waitFor();
    const { code, stdout, stderr } = await inDirectory({ 'lab.yaml': await clipboardOf(page) }, (directory) =>
      meander(['run', 'lab.yaml', '--json'], directory),
    );
    expect(stderr).not.toContain('lab.yaml:');
    expect(code).toBe(0);
    const { points } = JSON.parse(stdout) as RunReport;
    points[0].probes.forEach(({ simulation, ...theory }, k) => {
      for (const quantity of ['squaredNorm', 'fluctuation', 'diffusion', 'directedSpeed'] as const) {
        const { value, se } = simulation[quantity];
        const relative = (here: number, there: number): number => Math.abs(here - there) / (Math.abs(there) || 1);
        expect(relative(rows[k][`${quantity}Theory`], theory[quantity])).toBeLessThan(1e-12);
        expect(relative(rows[k][`${quantity}Simulation`], value)).toBeLessThan(1e-12);
        expect(relative(rows[k][`${quantity}SimulationStandardError`], se)).toBeLessThan(1e-12);
      }
    });
    const arrays = await arraysOf(page);
    expect(Array.from(arrays.get('diffusionSimulation.npy')?.data as Float64Array)).toEqual(
      rows.map(({ diffusionSimulation }) => diffusionSimulation),
    );
    expect(arrays.get('courses.squaredDisplacementSimulation.npy')?.shape.at(1)).toBe(rows.length);
    const numbers = (name: string): number[] => Array.from(arrays.get(`${name}.npy`)?.data as Float64Array);
    const [[predicted], [loss]] = [numbers('lossTheory'), numbers('lossSimulation')];
    expect(loss / predicted).toBeCloseTo(1, 1);
    expect(loss).toBe(points[0].loss.simulation.value);
    const times = numbers('trailSteps');
    expect(times).toHaveLength(arrays.get('trail.npy')?.shape[0] ?? NaN);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(complaints).toEqual([]);
    await close();
  });

  it('of networks that kept their weights agree with the command line within errors only, as the page says', async () => {
    const { page, complaints, close } = await lab.open('#preset=isotropic');
    await waitForSamples(page, 20);
    await page.getByRole('heading', { name: 'Computation' }).click();
    await page.getByLabel('Keep the weights after a change').check();
    await page.locator('input[name=weightDecay]').fill('0.3');
    await page.locator('.status[data-samples="0"]').waitFor();
    await waitForSamples(page, 100);
    await pauseLab(page);
    await page.getByRole('button', { name: 'Copy as experiment file' }).click();
    await page.getByText('These networks continued from the weights').waitFor();
    const file = temporaryFile('lab.yaml', await clipboardOf(page));
    const { points } = await meanderJson<RunReport>(['run', file]);
    for (const [k, row] of (await rowsOf(page)).entries()) {
      for (const quantity of ['fluctuation', 'diffusion'] as const) {
        // Other random numbers and other initial weights: equal within errors, but not to more digits.
        const { value, se } = points[0].probes[k].simulation[quantity];
        const difference = Math.abs(row[`${quantity}Simulation`] - value);
        expect(difference).toBeLessThan(5 * Math.SQRT2 * se);
        expect(se / value).toBeLessThan(0.03);
        expect(difference / value).toBeGreaterThan(1e-12);
      }
    }
    // Another number of hidden units makes other networks, which start afresh.
    await page.locator('input[name=hiddenUnits]').fill('4');
    await page.locator('.status[data-samples="0"]').waitFor();
    await page.getByRole('button', { name: 'Copy as experiment file' }).click();
    await page.getByText('Copied the experiment file.', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
    await close();
  });
});
