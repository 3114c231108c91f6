/**
 * Leading and next order in the learning rate against simulation: simulation / theory of |h|^2, F and D, averaged over the probes.
 *
 *   npm run build; npx tsx bench/next-order.ts [--quick] [--seed 1] [--only open-dictionary]
 *
 * Some minutes; --quick takes a ninth of the time with three times the error. It runs what was built, because worker threads
 * cannot load TypeScript.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Estimate } from '#core';
import { ExperimentDocument, prepare, resolveExperiment, runExperiment } from '#experiment';
import { withLocalPool } from '#execute';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
});
const RATES = [0.04, 0.02, 0.01, 0.005];
const CASES = [
  'open-isotropic-autoencoder',
  'open-anisotropic-autoencoder',
  'open-decay-only-autoencoder',
  'open-frequency-0.3',
  'open-general-task',
  'open-dictionary',
];
const QUANTITIES = ['squaredNorm', 'fluctuation', 'diffusion'] as const;

interface Case {
  readonly name: string;
  readonly input: unknown;
  readonly target: unknown;
  readonly weightDecay: number;
  readonly labelNoiseVariance: number;
  readonly hiddenUnits: number;
  readonly batchSize: number;
  readonly expected: { readonly probes: { readonly stimulus: number[] }[] };
}

const fixtures = new URL('../test/fixtures/theory-cases.json', import.meta.url);
const cases = JSON.parse(readFileSync(fixtures, 'utf8')) as Case[];

/** Mean of ratios that share their replicas: the error is that of one, the largest, which errs on the safe side. */
function average(ratios: readonly (Estimate | null)[]): string {
  const known = ratios.filter((ratio) => ratio !== null);
  const value = known.reduce((sum, ratio) => sum + ratio.value, 0) / known.length;
  return `${value.toFixed(4)} ± ${Math.max(...known.map(({ se }) => se)).toFixed(4)}`;
}

const SYMBOLS = ['h²', 'F', 'D'];
console.log(`| case | eta | ${SYMBOLS.map((symbol) => `${symbol}, leading | ${symbol}, next`).join(' | ')} |`);
console.log(`| --- | --- | ${QUANTITIES.map(() => '--- | ---').join(' | ')} |`);
for (const name of CASES) {
  const found = cases.find((candidate) => candidate.name === name);
  if (!found || !name.startsWith(values.only)) continue;
  const { input, target, weightDecay, labelNoiseVariance, hiddenUnits, batchSize, expected } = found;
  const model = { hiddenUnits, target, input, learningRate: RATES[0], weightDecay, labelNoiseVariance, batchSize };
  const text = JSON.stringify({
    name,
    model,
    probes: expected.probes.map(({ stimulus }) => stimulus),
    simulation: { replicas: 64, seed: Number(values.seed), targetError: values.quick ? 0.03 : 0.01 },
    sweep: { 'model.learningRate': RATES },
  });
  const experiment = await resolveExperiment(new ExperimentDocument(`${name}.json`, text), () => {
    throw new Error('no data file is named');
  });
  const prepared = prepare(experiment, 'next');
  const { report } = await withLocalPool({}, (run) => runExperiment(name, prepared, run));
  for (const { parameters, probes } of report.points) {
    const cells = QUANTITIES.flatMap((quantity) => [
      average(probes.map(({ ratio }) => ratio[quantity])),
      average(probes.map(({ nextOrder }) => nextOrder?.ratio[quantity] ?? null)),
    ]);
    console.log(`| ${[name.replace('open-', ''), String(parameters.learningRate), ...cells].join(' | ')} |`);
  }
}
