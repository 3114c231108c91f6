// Every figure of every claim, drawn from short simulations and compared with a snapshot: numbers rounded to whole px.
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { theoryReport, type Experiment } from '#experiment';
import { drawFigure, pageWidths } from '#figure';
import { isTwoLayer } from '#model';
import { claims, evidenceOf, prepareClaim, simulatePoints } from '#reproduce';
import { loadExperiment } from '../../src/cli/load.js';
import { root } from '../support/meander.js';
import { runHere } from '../support/run-here.js';

const { document } = parseHTML('<!doctype html><html><body></body></html>') as { document: object };

/** Steps of the shortest run that has the time courses of its claim. */
const MIN_DURATION = 20_000;

/** The same experiment with a few replicas and samples, however large the errors: fewer for rules whose samples take longer. */
function shortened({ name, points }: Experiment): Experiment {
  return {
    name,
    points: points.map((point) => {
      const { simulation, model } = point;
      const duration =
        simulation.duration === 'auto' ? 'auto' : Math.max(MIN_DURATION, Math.round(simulation.duration / 100));
      return {
        ...point,
        simulation: { ...simulation, replicas: 8, targetError: isTwoLayer(model) ? 0.1 : 0.3, duration },
      };
    }),
  };
}

const rounded = (svg: string): string => svg.replace(/-?\d+\.\d+/g, (number) => `${Math.round(Number(number))}`);

const load = async (name: string): Promise<Experiment> =>
  (await loadExperiment(join(root, 'presets', name))).experiment;

describe.each(claims)('claim $id', (claim) => {
  it('has figures that equal their snapshots', async () => {
    const prepared = prepareClaim(claim, shortened(await load(claim.preset)), 'full', 1);
    const map = claim.map === undefined ? null : theoryReport(await load(claim.map));
    const results = await simulatePoints(prepared.points, runHere);
    const { figures } = claim.judge(evidenceOf(prepared, results, map));
    expect(figures.length).toBeGreaterThan(0);
    for (const { name, title, table } of figures) {
      const svg = drawFigure(table, document, { width: pageWidths.wide, title });
      expect(svg).not.toMatch(/NaN|undefined|Infinity/);
      await expect(rounded(svg)).toMatchFileSnapshot(join(root, 'test/fixtures/claim-figures', `${name}.svg`));
      expect(drawFigure(table, document, { width: pageWidths.narrow, title })).toMatch(/^<svg [^>]*width="340"/);
    }
  });
});
