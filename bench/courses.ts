/**
 * The band of the predicted time courses: the self-correlation of every probe at 20 equal times, with the next order and what it is
 * expected to leave. They end where that of every probe has fallen below 0 (below 0.05 where it only decays), but at the latest after
 * twice the time that the fastest takes. One row per model and learning rate.
 *
 *   npm run build; npx tsx bench/courses.ts [--replicas 64] [--seed 1] [--only dictionary]
 *
 * Some minutes on two cores. It runs what was built, because worker threads cannot load TypeScript.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ExperimentDocument, prepare, resolveExperiment, runExperiment, type PreparedPoint } from '#experiment';
import { withLocalPool } from '#execute';
import { predictedCourses } from '#theory';

const { values } = parseArgs({
  options: {
    replicas: { type: 'string', default: '64' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
});
const TIMES = 20;

const CASES: readonly (readonly [name: string, rates: readonly number[]])[] = [
  ['dictionary.yaml, label noise 0.3', [0.02, 0.005]],
  ['dictionary.yaml, label noise 0.05', [0.02]],
  ['open-anisotropic-autoencoder', [0.02]],
  ['open-general-task', [0.02, 0.01]],
  ['open-rectangular-task', [0.02, 0.01]],
  ['skewed stimuli, batch 1', [0.02, 0.01]],
];

interface Case {
  readonly name: string;
  readonly expected: { readonly probes: { readonly stimulus: number[] }[] };
  readonly [key: string]: unknown;
}

const fixtures = new URL('../test/fixtures/next-order-cases.json', import.meta.url);
const cases = JSON.parse(readFileSync(fixtures, 'utf8')) as Case[];

/** The time at which the courses end, to 5%. */
function timeOfLoss({ prediction, next }: PreparedPoint): number {
  const motion = next ?? prediction;
  const low = motion.probes.some(({ directedSpeed }) => directedSpeed > 0) ? 0 : 0.05;
  let [time, end] = [prediction.relaxationTime, Infinity];
  for (; time < end; time *= 1.05) {
    const [row] = predictedCourses(motion, [time]).selfCorrelation;
    const lost = row.filter((value) => (value ?? 0) < low).length;
    if (lost > 0) end = Math.min(end, 2 * time);
    if (lost === row.length) return time;
  }
  return end;
}

/** The point with samples at 20 equal lags, each a time of the courses. */
function withLinearTimes(prepared: PreparedPoint): PreparedPoint {
  const { plan } = prepared;
  const lag = Math.ceil(timeOfLoss(prepared) / TIMES);
  const courseSamples = Int32Array.from({ length: TIMES + 1 }, (_, k) => k);
  const measurement = { ...plan.measurement, lag, samples: TIMES + 1, courseSamples };
  return { ...prepared, plan: { ...plan, lag, samples: TIMES + 1, measurement } };
}

console.log(
  '| model | eta | until step | lowest | comparisons | within the band | mean error | mean band | leading order within 2 errors |',
);
console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- |');
for (const [name, rates] of CASES) {
  const found = cases.find((candidate) => candidate.name === name);
  const short = name.replace('open-', '');
  if (!found || !short.startsWith(values.only)) continue;
  const { expected } = found;
  const own = Object.entries(found).filter(([key]) => key !== 'name' && key !== 'expected');
  const text = JSON.stringify({
    name: short,
    model: { ...Object.fromEntries(own), learningRate: rates[0] },
    probes: expected.probes.map(({ stimulus }) => stimulus),
    simulation: { replicas: Number(values.replicas), seed: Number(values.seed) },
    sweep: { 'model.learningRate': rates },
  });
  const experiment = await resolveExperiment(new ExperimentDocument(`${short}.json`, text), () => {
    throw new Error('no data file is named');
  });
  for (const prepared of prepare(experiment, 'next').map(withLinearTimes)) {
    const { report } = await withLocalPool({}, (run) => runExperiment(short, [prepared], run));
    const { courses } = report.points[0];
    const leading = predictedCourses(prepared.prediction, courses.steps).selfCorrelation;
    const [bands, errors]: number[][] = [[], []];
    let [within, leadingWithin, lowest] = [0, 0, 1];
    courses.selfCorrelation.forEach((row, i) => {
      row.forEach((measured, k) => {
        const predicted = courses.theory.selfCorrelation[i][k];
        const band = courses.theory.learningRateError.selfCorrelation[i][k];
        if (i === 0 || !measured || predicted === null || band === null) return;
        const deviation = Math.abs(measured.value - predicted);
        bands.push(band);
        errors.push(measured.se);
        lowest = Math.min(lowest, measured.value);
        if (deviation <= band + 2 * measured.se) within++;
        if (Math.abs(measured.value - (leading[i][k] ?? NaN)) <= 2 * measured.se) leadingWithin++;
      });
    });
    const mean = (all: readonly number[]): string =>
      (all.reduce((sum, value) => sum + value, 0) / all.length).toFixed(4);
    const { learningRate } = prepared.point.model;
    const end = courses.steps[TIMES].toPrecision(2);
    console.log(
      `| ${[short, learningRate, end, lowest.toFixed(2), errors.length, within, mean(errors), mean(bands), leadingWithin].join(' | ')} |`,
    );
  }
}
