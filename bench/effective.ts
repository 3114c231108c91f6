/**
 * The effective process against direct simulation: self-correlation of every probe at 20 times until it has fallen below 0.3
 * (of the slowest probe), with z = (simulation - expectation) / standard error, and the time that one path takes either way.
 *
 *   npm run build; npx tsx bench/effective.ts [--replicas 64] [--seed 1] [--only frequency]
 *
 * Some minutes. It runs what was built, because worker threads cannot load TypeScript.
 */
import { parseArgs } from 'node:util';
import type { Estimate } from '#core';
import { ExperimentDocument, prepare, resolveExperiment, runExperiment, type PreparedPoint } from '#experiment';
import { withLocalPool } from '#execute';
import { apply, dot } from '#linalg';
import { meanEstimate } from '#measure';
import { generator, NormalSource } from '#random';
import { FrameSampler, predictedCourses, type Prediction } from '#theory';

const { values } = parseArgs({
  options: {
    replicas: { type: 'string', default: '64' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
});
const TIMES = 20;
const LEAST = 0.3;
const PATHS = 512;

const models = {
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

/** First time (to 1 in 1000) at which every probe's expected self-correlation has been below LEAST. */
function timeOfLoss(prediction: Prediction): number {
  let time = prediction.relaxationTime;
  const waiting = new Set(prediction.probes.keys());
  while (waiting.size > 0) {
    time *= 1.001;
    const [row] = predictedCourses(prediction, [time]).selfCorrelation;
    for (const k of waiting) if ((row[k] ?? 0) < LEAST) waiting.delete(k);
  }
  return time;
}

/** The point with samples at 20 equal lags, each a time of the courses. */
function withLinearTimes({ point, prediction, plan }: PreparedPoint, end: number): PreparedPoint {
  const lag = Math.ceil(end / TIMES);
  const courseSamples = Int32Array.from({ length: TIMES + 1 }, (_, k) => k);
  const measurement = { ...plan.measurement, lag, samples: TIMES + 1, courseSamples };
  return { point, prediction, plan: { ...plan, lag, samples: TIMES + 1, measurement } };
}

/** Mean self-correlation over sampled paths, [time][probe], and the seconds of one path. */
function sampled({ drift, probes, singularValues }: Prediction, times: readonly number[], seed: number) {
  const sampler = new FrameSampler(drift, singularValues.length);
  const normals = new NormalSource(generator(seed, 0, 'normal'), generator(seed, 0, 'mend'));
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

const shown = ({ value, se }: Estimate): string => `${value.toFixed(4)} ± ${se.toFixed(4)}`;

for (const [name, model] of Object.entries(models)) {
  if (!name.startsWith(values.only)) continue;
  const text = `name: ${name}${model}\nsimulation: { replicas: ${values.replicas}, seed: ${values.seed} }\n`;
  const experiment = await resolveExperiment(new ExperimentDocument(`${name}.yaml`, text), () => {
    throw new Error('no data file is named');
  });
  const [first] = prepare(experiment);
  const prepared = withLinearTimes(first, timeOfLoss(first.prediction));
  const { prediction, plan } = prepared;
  const seconds = () => performance.now() / 1000;
  const { report } = await withLocalPool({}, (run) => runExperiment(name, [prepared], run, { clock: seconds }));
  const { courses, steps, seconds: elapsed } = report.points[0];
  const effective = sampled(prediction, courses.steps.slice(1), Number(values.seed));

  console.log(`${name}, learning rate ${prepared.point.model.learningRate}: self-correlation of each probe`);
  console.log('steps | probe | exp(tA) | effective paths | direct simulation | z');
  const scores: number[] = [];
  courses.steps.slice(1).forEach((time, i) => {
    prediction.probes.forEach((_, k) => {
      const expected = courses.theory.selfCorrelation[i + 1][k] ?? NaN;
      const direct = courses.selfCorrelation[i + 1][k] ?? { value: NaN, se: NaN };
      const z = (direct.value - expected) / direct.se;
      scores.push(z);
      const row = [time, k + 1, expected.toFixed(4), shown(effective.correlations[i][k]), shown(direct), z.toFixed(2)];
      console.log(row.join(' | '));
    });
  });
  const beyond = scores.filter((z) => Math.abs(z) > 3).length;
  const meanSquare = scores.reduce((sum, z) => sum + z * z, 0) / scores.length;
  console.log(`${scores.length} comparisons, ${beyond} beyond 3 standard errors; mean z^2 ${meanSquare.toFixed(2)}`);
  const perReplica = (elapsed ?? NaN) / plan.replicas;
  console.log(
    `one path of ${courses.steps[TIMES]} steps: direct ${perReplica.toPrecision(3)} s (${(steps / (elapsed ?? NaN) / 1e6).toFixed(1)} M ` +
      `replica-steps/s), effective ${(effective.seconds * 1000).toPrecision(3)} ms (dt = ${effective.step.toPrecision(3)} steps): ` +
      `${(perReplica / effective.seconds).toPrecision(3)} times as fast\n`,
  );
}
