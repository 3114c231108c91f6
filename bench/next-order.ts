/**
 * Leading and next order in the learning rate against simulation: F and D, averaged over the probes, and the vector v, for the
 * models of test/fixtures/next-order-cases.json. One row per quantity, with z = (simulation - next order) / standard error and
 * the error that the theory expects to leave. Below, for how many probes that is so (beside two standard errors), and in how many rows
 * it is at most half of what the leading order misses.
 *
 *   npm run build; npx tsx bench/next-order.ts [--replicas 64] [--error 0.01] [--seed 1] [--only dictionary]
 *   npm run build; npx tsx bench/next-order.ts --seeds 20 --error 0.06
 *
 * With --seeds only the vector is tested, its chi-square summed over that many runs with seeds of their own.
 *
 * --error is that of D of one probe; where v is small against diffusion it is halved. Some minutes. It runs
 * what was built, because worker threads cannot load TypeScript.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { formatNumber, type Estimate } from '#core';
import {
  ExperimentDocument,
  prepare,
  resolveExperiment,
  runExperiment,
  type PointRecord,
  type PreparedPoint,
} from '#experiment';
import { withLocalPool } from '#execute';
import { apply, dot, scale, solve, type Matrix } from '#linalg';

const { values } = parseArgs({
  options: {
    replicas: { type: 'string', default: '64' },
    error: { type: 'string', default: '0.01' },
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '0' },
    only: { type: 'string', default: '' },
  },
});
const seeds = Number(values.seeds);

/** Cases of the fixture, the learning rates at which each is run, and what --error is multiplied by. */
const CASES: readonly (readonly [name: string, rates: readonly number[], factor?: number])[] = [
  ['dictionary.yaml, label noise 0.3', [0.02, 0.005], 0.5],
  ['dictionary.yaml, label noise 0.05', [0.02, 0.01]],
  ['open-dictionary', [0.02, 0.01]],
  ['open-isotropic-autoencoder', [0.02, 0.01]],
  ['open-anisotropic-autoencoder', [0.02, 0.01]],
  ['open-decay-only-autoencoder', [0.02, 0.01]],
  ['open-frequency-0.3', [0.02, 0.01]],
  ['open-general-task', [0.02, 0.01]],
  ['open-rectangular-task', [0.02, 0.01]],
  ['open-bottleneck-autoencoder', [0.02, 0.01, 0.0025]],
  ['skewed stimuli, batch 4', [0.02, 0.01]],
  ['skewed stimuli, batch 1', [0.02, 0.01]],
];

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

const fixtures = new URL('../test/fixtures/next-order-cases.json', import.meta.url);
const cases = JSON.parse(readFileSync(fixtures, 'utf8')) as Case[];

/** A quantity in units of its leading order. */
interface Row {
  readonly quantity: string;
  readonly simulation: Estimate;
  readonly next: number;
  /** What the theory expects to be left, relative to the next order. */
  readonly left: number | null;
  /** Of F and D, of each probe: whether no more is left than expected and two standard errors. */
  readonly within?: readonly boolean[];
}

const mean = (all: readonly number[]): number => all.reduce((sum, value) => sum + value, 0) / all.length;

/** Mean over the probes, which share their replicas: the error is that of one, the largest, which errs on the safe side. */
function scalarRow(symbol: string, name: 'fluctuation' | 'diffusion', { probes }: PointRecord): Row[] {
  const known = probes.flatMap(({ nextOrder, ratio, [name]: leading }) => {
    const measured = ratio[name];
    return nextOrder && measured && leading > 0
      ? [{ measured, next: nextOrder[name] / leading, left: nextOrder.learningRateError[name] }]
      : [];
  });
  if (known.length === 0) return [];
  return [
    {
      quantity: symbol,
      simulation: {
        value: mean(known.map(({ measured }) => measured.value)),
        se: Math.max(...known.map(({ measured }) => measured.se)),
      },
      next: mean(known.map(({ next }) => next)),
      left: mean(known.map(({ left }) => left)),
      within: known.map(({ measured, next, left }) => Math.abs(measured.value - next) <= left * next + 2 * measured.se),
    },
  ];
}

/**
 * The velocity along its leading order, and along the part of the next order across it. The mean turn of all replicas together has the
 * covariance K / (steps of all replicas), K being the rotation diffusion.
 */
function vectorRows({ next }: PreparedPoint, { directedVelocity, plan, replicas, probes }: PointRecord) {
  const leading = Float64Array.from(directedVelocity, ({ theory }) => theory);
  const speed = Math.hypot(...leading);
  if (!next) throw new Error('prepared without the next order');
  const covariance: Matrix = scale(next.drift.diffusion.dense(), 1 / (plan.duration * replicas));
  // By symmetry v is 0, which leaves rounding.
  if (speed < 1e-6 * Math.sqrt(dot(covariance.data, covariance.data) ** 0.5)) return { rows: [], squares: null };
  const simulation = Float64Array.from(directedVelocity, ({ simulation: { value } }) => value);
  const along = leading.map((value) => value / speed);
  const forward = dot(next.drift.velocity, along);
  const rest = next.drift.velocity.map((value, plane) => value - forward * along[plane]);
  const across = rest.map((value) => value / Math.hypot(...rest));
  const left = mean(probes.flatMap(({ nextOrder }) => nextOrder?.learningRateError.directedSpeed ?? []));
  const row = (quantity: string, direction: Float64Array): Row => ({
    quantity,
    simulation: {
      value: dot(simulation, direction) / speed,
      se: Math.sqrt(dot(direction, apply(covariance, direction))) / speed,
    },
    next: dot(next.drift.velocity, direction) / speed,
    left,
  });
  const chiSquare = (expected: ArrayLike<number>): number => {
    const deviation = simulation.map((value, plane) => value - expected[plane]);
    return dot(deviation, solve(covariance, { rows: deviation.length, cols: 1, data: deviation }).data);
  };
  const squares = { planes: leading.length, leading: chiSquare(leading), next: chiSquare(next.drift.velocity) };
  // What is left is relative to |v|, so not to the part across it.
  const rows =
    leading.length > 1 ? [row('v along', along), { ...row('v across', across), left: null }] : [row('v', along)];
  return { rows, squares };
}

interface Squares {
  readonly planes: number;
  readonly leading: number;
  readonly next: number;
}

const inWords = ({ planes, leading, next }: Squares): string =>
  `v in ${planes} plane${planes > 1 ? 's' : ''}: chi-square ${leading.toFixed(1)} of leading order, ${next.toFixed(1)} of next order`;

/** The chi-square of many runs: normal for that many degrees of freedom, of mean f and variance 2 f. */
function inSum(all: readonly Squares[]): string {
  const freedom = all.reduce((sum, { planes }) => sum + planes, 0);
  const part = (order: 'leading' | 'next'): string => {
    const sum = all.reduce((total, one) => total + one[order], 0);
    return `${sum.toFixed(0)} (z ${((sum - freedom) / Math.sqrt(2 * freedom)).toFixed(1)})`;
  };
  return `v over ${all.length} seeds, ${freedom} degrees of freedom: chi-square ${part('leading')} of leading order, ${part('next')} of next order`;
}

const shown = ({ value, se }: Estimate): string => `${value.toFixed(4)} ± ${se.toFixed(4)}`;
const notes: string[] = [];
const probesWithin: boolean[] = [];
const rowsHalved: boolean[] = [];

if (seeds === 0)
  console.log(
    '| model | eta | quantity | simulation / leading | next / leading | simulation / next | z | ± from the learning rate |',
  );
if (seeds === 0) console.log('| --- | --- | --- | --- | --- | --- | --- | --- |');
for (const [name, rates, factor = 1] of CASES) {
  const found = cases.find((candidate) => candidate.name === name);
  const short = name.replace('open-', '');
  if (!found || !short.startsWith(values.only)) continue;
  const { input, target, weightDecay, labelNoiseVariance, hiddenUnits, batchSize, expected } = found;
  const model = { hiddenUnits, target, input, learningRate: rates[0], weightDecay, labelNoiseVariance, batchSize };
  const text = JSON.stringify({
    name: short,
    model,
    probes: expected.probes.map(({ stimulus }) => stimulus),
    simulation: {
      replicas: Number(values.replicas),
      seed: Number(values.seed),
      targetError: factor * Number(values.error),
    },
    sweep: { 'model.learningRate': rates },
  });
  const experiment = await resolveExperiment(new ExperimentDocument(`${short}.json`, text), () => {
    throw new Error('no data file is named');
  });
  for (const prepared of prepare(experiment, 'next')) {
    const eta = String(prepared.point.model.learningRate);
    if (seeds > 0) {
      if (prepared.prediction.drift.velocity.every((value) => value === 0)) continue;
      const all: Squares[] = [];
      for (let seed = 1; seed <= seeds; seed++) {
        const own: PreparedPoint = { ...prepared, plan: { ...prepared.plan, seed } };
        const { report } = await withLocalPool({}, (run) => runExperiment(short, [own], run));
        const { squares } = vectorRows(prepared, report.points[0]);
        if (squares) all.push(squares);
      }
      if (all.length > 0) console.log(`${short}, eta ${eta}, ${inSum(all)}`);
      continue;
    }
    const { report } = await withLocalPool({}, (run) => runExperiment(short, [prepared], run));
    const [point] = report.points;
    const { rows, squares } = vectorRows(prepared, point);
    for (const { quantity, simulation, next, left, within } of [
      ...scalarRow('F', 'fluctuation', point),
      ...scalarRow('D', 'diffusion', point),
      ...rows,
    ]) {
      const ratio = { value: simulation.value / next, se: simulation.se / Math.abs(next) };
      // A ratio to next to nothing says nothing.
      const known = ratio.se < 0.5;
      const z = ((simulation.value - next) / simulation.se).toFixed(1);
      if (left !== null && within) {
        probesWithin.push(...within);
        rowsHalved.push(left * next <= (Math.abs(simulation.value - 1) + 2 * simulation.se) / 2);
      }
      const rest = left === null ? '' : formatNumber(left, 2);
      console.log(
        `| ${[short, eta, quantity, shown(simulation), next.toFixed(4), known ? shown(ratio) : '-', z, rest].join(' | ')} |`,
      );
    }
    if (squares !== null) notes.push(`${short}, eta ${eta}, ${inWords(squares)}`);
  }
}
if (notes.length > 0) console.log(`\n${notes.join('\n')}`);
const share = (all: readonly boolean[]): string => `${all.filter(Boolean).length} of ${all.length}`;
if (seeds === 0)
  console.log(
    `\nF and D within the expected error: ${share(probesWithin)} probes; it is half of what leading order misses, or less: ${share(rowsHalved)} rows`,
  );
