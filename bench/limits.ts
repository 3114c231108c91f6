/**
 * The limits eta -> 0 of simulation / theory over many seeds: their mean, by what the theory knows beyond its leading order and by the straight
 * line that is taken where that is nothing, with the error that a single one prints. In units of that error the bias should be small, and the scatter
 * at most 1.
 *
 *   npm run build; npx tsx bench/limits.ts [--seeds 40] [--error 0.01] [--only supervised]
 *
 * --error is that of D of one probe at one rate. Some three minutes of processor time.
 */
import { parseArgs } from 'node:util';
import { extrapolateToZeroRate, type Extrapolation, type LimitMethod, type RatePoint } from '#compare';
import {
  ExperimentDocument,
  expectedRatios,
  prepare,
  resolveExperiment,
  runExperiment,
  type PreparedPoint,
} from '#experiment';
import { withLocalPool } from '#execute';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '40' },
    error: { type: 'string', default: '0.01' },
    only: { type: 'string', default: '' },
  },
});

const RATES = [0.04, 0.02, 0.01];
const QUANTITIES = [
  ['F', 'fluctuation'],
  ['D', 'diffusion'],
] as const;

const MODELS = {
  'anisotropic autoencoder': {
    hiddenUnits: 4,
    input: [{ kind: 'gaussian', covariance: [1.4, 1, 0.7] }],
    weightDecay: 0.2,
    labelNoiseVariance: 0.1,
  },
  'supervised, rank 2': {
    hiddenUnits: 4,
    target: [
      [1, 0, 0, 0],
      [0, 1, 0, 0],
    ],
    input: [{ kind: 'gaussian', covariance: [1.2, 1, 0.5, 0.5] }],
    weightDecay: 0.2,
  },
  // Drift by synaptic noise, of which F at the fixed point has a part that does not fall with the learning rate.
  'synaptic noise, p = 2': {
    hiddenUnits: 2,
    input: [{ kind: 'gaussian', covariance: [1, 1] }],
    weightDecay: 0.4,
    synapticNoise: { variance: 0.0003 },
  },
};

const mean = (all: readonly number[]): number => all.reduce((sum, value) => sum + value, 0) / all.length;
const seeds = Number(values.seeds);

async function pointsOf(name: string, model: object, seed: number): Promise<PreparedPoint[]> {
  const text = JSON.stringify({
    name,
    model: { ...model, learningRate: RATES[0] },
    probes: 'axes',
    simulation: { replicas: 64, seed, targetError: Number(values.error) },
    sweep: { 'model.learningRate': RATES },
  });
  const experiment = await resolveExperiment(new ExperimentDocument(`${name}.json`, text), () => {
    throw new Error('no data file is named');
  });
  return prepare(experiment);
}

/** What is printed of one probe of one seed, and what would be without the theory beyond the leading order. */
interface Limits {
  readonly printed: Extrapolation;
  readonly straightLine: Extrapolation;
}

function limitsOf(rates: readonly RatePoint[]): Limits {
  const printed = extrapolateToZeroRate(rates);
  const straightLine = extrapolateToZeroRate(rates.map(({ learningRate, ratio }) => ({ learningRate, ratio })));
  if (!printed || !straightLine) throw new Error('no limit');
  return { printed, straightLine };
}

const FITS: Readonly<Record<LimitMethod, string>> = {
  nextOrder: 'next order, in η²',
  straightLine: 'straight line',
  bySource: 'by source',
};

/** Bias over the seeds, each the mean over the probes, which share their replicas; and its standard error from the scatter of the seeds. */
function row(limits: readonly (readonly Limits[])[], method: keyof Limits): string[] {
  const bySeed = limits.map((probes) => mean(probes.map((probe) => probe[method].limit.value - 1)));
  const bias = mean(bySeed);
  const se = Math.sqrt(mean(bySeed.map((value) => (value - bias) ** 2)) / (bySeed.length - 1));
  const all = limits.flat().map((probe) => probe[method]);
  const printed = mean(all.map(({ limit }) => limit.se));
  const zSquare = mean(all.map(({ limit }) => ((limit.value - 1) / limit.se) ** 2));
  const inside = mean(all.map(({ limit }) => Number(Math.abs(limit.value - 1) < 1.96 * limit.se)));
  return [
    `${bias.toFixed(4)} ± ${se.toFixed(4)}`,
    printed.toFixed(4),
    (Math.abs(bias) / printed).toFixed(2),
    zSquare.toFixed(2),
    inside.toFixed(2),
  ];
}

console.log(
  '| model | quantity | fit | limit − 1 | printed error | \\|bias\\| / error | mean z² | within 1.96 errors |',
);
console.log('| --- | --- | --- | --- | --- | --- | --- | --- |');
for (const [name, model] of Object.entries(MODELS)) {
  if (!name.startsWith(values.only)) continue;
  const limits = new Map<string, Limits[][]>(QUANTITIES.map(([symbol]) => [symbol, []]));
  await withLocalPool({}, async (run) => {
    for (let seed = 1; seed <= seeds; seed++) {
      const prepared = await pointsOf(name, model, seed);
      const { report } = await runExperiment(name, prepared, run);
      const expected = prepared.map((own) => expectedRatios(own.point, own));
      for (const [symbol, quantity] of QUANTITIES) {
        const probes = report.points[0].probes.flatMap((_, k) => {
          const rates = report.points.flatMap(({ probes: own }, i) => {
            const ratio = own[k].ratio[quantity];
            return ratio ? [{ learningRate: RATES[i], ratio, ...expected[i]?.[k][quantity] }] : [];
          });
          return rates.length === RATES.length ? [limitsOf(rates)] : [];
        });
        limits.get(symbol)?.push(probes);
      }
    }
  });
  for (const [symbol] of QUANTITIES) {
    const own = limits.get(symbol) ?? [];
    for (const method of ['printed', 'straightLine'] as const) {
      const [fit] = own.flat().map((probe) => probe[method].method);
      if (method === 'printed' && fit === 'straightLine') continue;
      console.log(`| ${[name, symbol, FITS[fit], ...row(own, method)].join(' | ')} |`);
    }
  }
}
