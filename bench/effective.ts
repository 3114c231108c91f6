/**
 * The effective process against direct simulation: self-correlation of every probe at 20 times until it has fallen below 0.3
 * (of the slowest probe), with z = (simulation - expectation) / standard error, and the time that one path takes either way.
 *
 *   npm run build; npx tsx bench/effective.ts [--replicas 256] [--seed 1] [--only frequency]
 *
 * z of measured rates holds their errors too, which matter where directed drift has turned the frame far. Some minutes. It runs
 * what was built, because worker threads cannot load TypeScript.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { formatEstimate, type Estimate } from '#core';
import {
  ExperimentDocument,
  predictionOf,
  prepare,
  resolveExperiment,
  runExperiment,
  type PointRecord,
  type PreparedPoint,
} from '#experiment';
import { withLocalPool } from '#execute';
import { apply, dot } from '#linalg';
import { meanEstimate } from '#measure';
import { twoLayerModel } from '#model';
import { generator, NormalSource } from '#random';
import { covarianceAlong, FrameSampler, predictedCourses, predictNextOrder, type Prediction } from '#theory';

const { values } = parseArgs({
  options: {
    replicas: { type: 'string', default: '256' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
});
const TIMES = 20;
const LOW_CORRELATION = 0.3;
const PATHS = 512;

const models = {
  autoencoder: `
model:
  hiddenUnits: 4
  input: [{ kind: gaussian, covariance: [1.3, 1.0, 0.8, 0.6] }]
  learningRate: 0.02
  weightDecay: 0.1
  labelNoiseVariance: 0.25
probes: axes`,
  frequency: `
model:
  hiddenUnits: 15
  input:
    - { weight: rest, kind: gaussian, covariance: [1.2, 1.1, 1.0, 0.9, 0.8] }
    - { weight: 0.3, kind: point, stimulus: [2.2360679775, 0, 0, 0, 0] }
  learningRate: 0.02
  weightDecay: 0.3
probes: axes`,
  dictionary: `
model:
  hiddenUnits: 5
  input:
    - kind: dictionary
      stimuli:
        - [1.1, 0.3, -0.2, 0.5]
        - [-0.4, 1.2, 0.3, 0.1]
        - [0.2, -0.6, 1.0, 0.4]
        - [-0.9, 0.2, -0.5, 0.8]
        - [1.6, 0.9, 0.7, -1.1]
        - [-0.3, -0.8, 0.6, -0.7]
        - [0.5, 0.4, -1.3, -0.2]
      probabilities: [0.20, 0.08, 0.11, 0.27, 0.06, 0.22, 0.06]
  learningRate: 0.01
  weightDecay: 0.06
  labelNoiseVariance: 0.05
probes: stimuli`,
};

/** First time (to 1 in 1000) at which every probe's expected self-correlation has been below LOW_CORRELATION. */
function timeOfLoss(prediction: Prediction): number {
  let time = prediction.relaxationTime;
  const waiting = new Set(prediction.probes.keys());
  while (waiting.size > 0) {
    time *= 1.001;
    const [row] = predictedCourses(prediction, [time]).selfCorrelation;
    for (const k of waiting) if ((row[k] ?? 0) < LOW_CORRELATION) waiting.delete(k);
  }
  return time;
}

/** The point with samples at 20 equal lags, each a time of the courses. */
function withLinearTimes(prepared: PreparedPoint, end: number): PreparedPoint {
  const { plan } = prepared;
  const lag = Math.ceil(end / TIMES);
  const courseSamples = Int32Array.from({ length: TIMES + 1 }, (_, k) => k);
  const measurement = { ...plan.measurement, lag, samples: TIMES + 1, courseSamples };
  return { ...prepared, plan: { ...plan, lag, samples: TIMES + 1, measurement } };
}

/** The same with rates to next order. */
function withNextOrder(prediction: Prediction, { model, probes }: PreparedPoint['point']): Prediction {
  return { ...prediction, drift: predictNextOrder(twoLayerModel(model), probes).drift };
}

/** Rotation variances along the theory's principal directions, then velocities where symmetry allows any. */
function measuredRates(prediction: Prediction, { rotationDiffusion, directedVelocity }: PointRecord): Estimate[] {
  const still = prediction.probes.every(({ directedSpeed }) => directedSpeed === 0);
  const velocities = directedVelocity.map(({ simulation }) => (still ? { value: 0, se: 0 } : simulation));
  return [...rotationDiffusion.map(({ simulation }) => simulation), ...velocities];
}

/** The prediction with given rates in place of the leading order. What is left to test is the effective process itself. */
function withRates(prediction: Prediction, rates: readonly number[]): Prediction {
  const { planes } = prediction.drift;
  const variances = Float64Array.from(rates.slice(0, planes.length));
  const diffusion = covarianceAlong(variances, prediction.rotationDiffusionDirections);
  const velocity = Float64Array.from(rates.slice(planes.length));
  return { ...prediction, drift: { planes, diffusion, velocity } };
}

/** Self-correlations [time][probe] of measured rates, with the errors that those of the rates leave (first order, independent). */
function coursesOfRates(prediction: Prediction, rates: readonly Estimate[], times: readonly number[]): Estimate[][] {
  const values = rates.map(({ value }) => value);
  const courses = (given: readonly number[]) => predictedCourses(withRates(prediction, given), times).selfCorrelation;
  const expected = courses(values);
  const shifted = rates.map(({ se }, i) => courses(values.map((value, k) => (k === i ? value + se : value))));
  return expected.map((row, t) =>
    row.map((value, k) => ({
      value: value ?? NaN,
      se: Math.hypot(...shifted.map((course) => (course[t][k] ?? NaN) - (value ?? NaN))),
    })),
  );
}

/** Mean self-correlation over sampled paths, [time][probe], and the seconds of one path. */
function sampled({ drift, probes, singularValues }: Prediction, times: readonly number[], seed: number) {
  const sampler = new FrameSampler(drift, singularValues.length);
  const normals = new NormalSource(generator(seed, 0, 'normal'), generator(seed, 0, 'retry'));
  const began = performance.now();
  const paths = Array.from({ length: PATHS }, () => sampler.path(times, normals));
  const seconds = (performance.now() - began) / 1000 / PATHS;
  const correlations = times.map((_, i) =>
    probes.map(({ representation: c, squaredNorm, fluctuation }) =>
      meanEstimate(paths.map((path) => dot(c, apply(path[i], c)) / (squaredNorm + fluctuation))),
    ),
  );
  return { step: sampler.step, seconds, correlations };
}

for (const [name, model] of Object.entries(models)) {
  if (!name.startsWith(values.only)) continue;
  const text = `name: ${name}${model}\nsimulation: { replicas: ${values.replicas}, seed: ${values.seed}, targetError: 0.005 }\n`;
  const experiment = await resolveExperiment(new ExperimentDocument(`${name}.yaml`, text), () => {
    throw new Error('no data file is named');
  });
  const [first] = prepare(experiment);
  const { prediction, plan } = first;
  const prepared = withLinearTimes(first, timeOfLoss(prediction));
  // Short runs with other random numbers measure the rates; the long run is what is compared.
  const other = { ...first, plan: { ...plan, seed: plan.seed + 1 } };
  const clock = () => performance.now() / 1000;
  const run = async (point: PreparedPoint): Promise<PointRecord> => {
    const { report } = await withLocalPool({}, (tasks) => runExperiment(name, [point], tasks, { clock }));
    return report.points[0];
  };
  const rates = measuredRates(prediction, await run(other));
  const { courses, steps, seconds } = await run(prepared);
  const times = courses.steps.slice(1);
  const effective = sampled(prediction, times, plan.seed);
  const exact = (from: Prediction): Estimate[][] =>
    predictedCourses(from, times).selfCorrelation.map((row) => row.map((value) => ({ value: value ?? NaN, se: 0 })));
  const expectations = {
    leading: exact(prediction),
    next: exact(withNextOrder(prediction, prepared.point)),
    measured: coursesOfRates(prediction, rates, times),
  };
  console.log(`${name}, learning rate ${prepared.point.model.learningRate}: self-correlation of each probe`);
  console.log(
    'steps | probe | direct simulation | exp(tA), leading order | z | next order | z | measured rates | z | sampled paths, leading',
  );
  const scores: Record<string, number[]> = { leading: [], next: [], measured: [], 'sampled paths': [] };
  const score = (kind: string, expected: Estimate, { value, se }: Estimate): string => {
    const z = (value - expected.value) / Math.hypot(se, expected.se);
    scores[kind].push(z);
    return `${expected.value.toFixed(4)} | ${z.toFixed(2)}`;
  };
  times.forEach((time, i) => {
    prediction.probes.forEach((_, k) => {
      const direct = courses.selfCorrelation[i + 1][k] ?? { value: NaN, se: NaN };
      const path = effective.correlations[i][k];
      const cells = Object.entries(expectations).map(([kind, table]) => score(kind, table[i][k], direct));
      score('sampled paths', expectations.leading[i][k], path);
      console.log([time, k + 1, formatEstimate(direct), ...cells, formatEstimate(path)].join(' | '));
    });
  });
  const told = (zs: readonly number[]): string => {
    const beyond = zs.filter((z) => Math.abs(z) > 3).length;
    const meanSquare = zs.reduce((sum, z) => sum + z * z, 0) / zs.length;
    return `${beyond} of ${zs.length} beyond 3 standard errors, mean z^2 ${meanSquare.toFixed(2)}`;
  };
  // Scores are in the order of the rows: times, then probes.
  const early = (at: number): boolean => {
    const [last, k] = [Math.floor(at / prediction.probes.length), at % prediction.probes.length];
    return expectations.leading.slice(0, last + 1).every((row) => row[k].value >= LOW_CORRELATION);
  };
  for (const [kind, zs] of Object.entries(scores)) {
    console.log(
      `${kind}: all times ${told(zs)}; until below ${LOW_CORRELATION} ${told(zs.filter((_, at) => early(at)))}`,
    );
  }
  const perReplica = (seconds ?? NaN) / plan.replicas;
  console.log(
    `one path of ${times[TIMES - 1]} steps: direct ${perReplica.toPrecision(3)} s (${(steps / (seconds ?? NaN) / 1e6).toFixed(1)} M ` +
      `replica-steps/s), effective ${(effective.seconds * 1000).toPrecision(3)} ms (dt = ${effective.step.toPrecision(3)} steps): ` +
      `${(perReplica / effective.seconds).toPrecision(3)} times as fast\n`,
  );
}

if ('billion'.startsWith(values.only)) {
  const text = readFileSync(new URL('../examples/frequency.yaml', import.meta.url), 'utf8');
  const { points } = await resolveExperiment(new ExperimentDocument('frequency.yaml', text), () => {
    throw new Error('no data file is named');
  });
  for (const point of points) {
    const { model } = point;
    const { drift, singularValues } = predictionOf(point);
    const sampler = new FrameSampler(drift, singularValues.length);
    const normals = new NormalSource(generator(1, 0, 'normal'), generator(1, 0, 'retry'));
    sampler.path([1e9], normals);
    const began = performance.now();
    for (let k = 0; k < 10; k++) sampler.path([1e9], normals);
    const milliseconds = (performance.now() - began) / 10;
    console.log(
      `examples/frequency.yaml, eta ${model.learningRate}: 1e9 steps of drift in ${milliseconds.toPrecision(2)} ms`,
    );
  }
}
