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
import { formatEstimate, type Estimate } from '#core';
import { withLocalPool } from '#execute';
import { prepare, runExperiment, theoryReport, type ProbeTheory } from '#experiment';
import { drawFigure } from '#figure';
import { claimsMapTable, stepsOf, turningPoints } from '#reproduce';
import { loadExperiment } from '../src/cli/load.js';

const theoryOf = ({ probes }: { readonly probes: readonly ProbeTheory[] }): Estimate[] =>
  probes.map(({ relativeDiffusion }) => ({ value: relativeDiffusion ?? NaN, se: 0 }));

async function drawMap(): Promise<void> {
  const { experiment } = await loadExperiment('examples/claims-map.yaml');
  const steps = stepsOf(theoryReport(experiment).points, theoryOf);
  const { cells } = claimsMapTable(steps);
  const { document } = parseHTML('<!doctype html><html><body></body></html>') as { document: object };
  await mkdir('docs/figures', { recursive: true });
  const title = 'Where a stimulus drifts more slowly when it is presented more often';
  const svg = drawFigure(claimsMapTable(steps), document, { width: 720, title });
  await writeFile('docs/figures/claims-map.svg', `${svg}\n`);
  await writeFile('docs/figures/claims-map.csv', `${Papa.unparse([...cells], { newline: '\n' })}\n`);
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
    probes.map(({ simulation: { relativeDiffusion } }) => relativeDiffusion ?? { value: NaN, se: NaN }),
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
      formatEstimate(slope),
      (slope.value / slope.se).toFixed(1),
      `${step.rank}, ${rank}`,
    ]);
  });
  console.log(table.toString());
}

const { values } = parseArgs({ options: { simulate: { type: 'boolean', default: false } } });
await (values.simulate ? simulateSpots() : drawMap());
