/**
 * The map of docs/claims-map.md: where "a stimulus presented more often drifts more slowly" holds, by theory.
 *
 *   npm run build; npx tsx bench/claims-map.ts   # writes docs/figures/claims-map.svg and .csv, prints the boundary
 *   npx tsx bench/claims-map.ts --simulate       # prints spot checks by simulation instead, some minutes
 *
 * It runs what was built, because worker threads cannot load TypeScript.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { parseHTML } from 'linkedom';
import Papa from 'papaparse';
import type { Estimate } from '#core';
import { frequencySteps, turningPoints, type FrequencyStep } from '#compare';
import { withLocalPool } from '#execute';
import { prepare, runExperiment, theoryReport, type TheoryRecord } from '#experiment';
import { claimsMapFigure } from '#figure';
import { loadExperiment } from '../src/cli/load.js';

const FREQUENCY = 'model.input.1.weight';

/** Steps of the frequency, from the rates D/|h|^2 of the first probe and the others. */
function stepsOf<R extends Pick<TheoryRecord, 'parameters'>>(
  points: readonly R[],
  rates: (point: R) => Estimate[],
): FrequencyStep[] {
  return frequencySteps(
    points.map((point) => {
      const [rate, ...others] = rates(point);
      return {
        weightDecay: point.parameters.weightDecay as number,
        labelNoiseVariance: point.parameters.labelNoiseVariance as number,
        frequency: point.parameters[FREQUENCY] as number,
        rate,
        others: others.map(({ value }) => value),
      };
    }),
  );
}

const theoryOf = ({ probes }: Pick<TheoryRecord, 'probes'>): Estimate[] =>
  probes.map(({ diffusion, squaredNorm }) => ({ value: diffusion / squaredNorm, se: 0 }));

async function drawMap(): Promise<void> {
  const { experiment } = await loadExperiment('examples/claims-map.yaml');
  const steps = stepsOf(theoryReport(experiment).points, theoryOf);
  const cells = steps.map((step) => ({ ...step, slope: step.slope.value }));
  const { document } = parseHTML('<!doctype html><html><body></body></html>') as { document: object };
  await mkdir('docs/figures', { recursive: true });
  const title = 'Where a stimulus drifts more slowly when it is presented more often';
  await writeFile('docs/figures/claims-map.svg', `${claimsMapFigure(cells, document, { width: 720, title })}\n`);
  await writeFile('docs/figures/claims-map.csv', `${Papa.unparse(cells, { newline: '\n' })}\n`);
  const holds = cells.filter(({ slope, rank }) => slope < 0 && rank === 1).length;
  const boundary = new Table({
    head: ['f', 'weight decay', 'label noise where the slope is 0', 'in units of (weight decay)^2'],
    style: { head: [], border: [], compact: true },
  });
  for (const { from, to, weightDecay, labelNoiseVariance } of turningPoints(steps)) {
    const multiple = labelNoiseVariance / weightDecay ** 2;
    boundary.push([`${from} to ${to}`, weightDecay, labelNoiseVariance.toPrecision(3), multiple.toPrecision(2)]);
  }
  console.log(boundary.toString());
  console.log(`${cells.length} cells; the claim holds (slope below 0 and slowest of all probes) in ${holds}`);
}

async function simulateSpots(): Promise<void> {
  const { experiment } = await loadExperiment('examples/claims-map-spots.yaml');
  const prepared = prepare(experiment);
  const { report } = await withLocalPool({}, (runTasks) => runExperiment(experiment.name, prepared, runTasks));
  const theory = stepsOf(report.points, theoryOf);
  const simulated = stepsOf(report.points, ({ probes }) =>
    probes.map(({ simulation: { diffusion, squaredNorm } }) => ({
      value: diffusion.value / squaredNorm.value,
      se: diffusion.se / squaredNorm.value,
    })),
  );
  const table = new Table({
    head: ['weight decay', 'label noise', 'f', 'slope, theory', 'slope, simulation', 'sign in errors', 'rank, both'],
    style: { head: [], border: [], compact: true },
  });
  theory.forEach((step, k) => {
    const { slope, rank } = simulated[k];
    table.push([
      step.weightDecay,
      step.labelNoiseVariance,
      `${step.from} to ${step.to}`,
      step.slope.value.toFixed(2),
      `${slope.value.toFixed(2)} ± ${slope.se.toFixed(2)}`,
      (slope.value / slope.se).toFixed(1),
      `${step.rank}, ${rank}`,
    ]);
  });
  console.log(table.toString());
}

const { values } = parseArgs({ options: { simulate: { type: 'boolean', default: false } } });
await (values.simulate ? simulateSpots() : drawMap());
