/**
 * How often the printed 95% intervals contain what they estimate: the experiment of each model is run with many seeds, and every
 * number of its report that has an interval, and every limit with 1.96 of its standard errors, is held against its mean over all seeds,
 * whose own error is 1 / sqrt(seeds) of one; |v|, which is cut at zero, against the best prediction. One row for each kind of number,
 * over all probes that are represented, times and learning rates, with the lowest coverage of any single one, which is 0.90 by chance among a hundred.
 *
 *   npm run build; npx tsx bench/coverage.ts [--seeds 200] [--only gaussian]
 *
 * About ten minutes on two cores. It runs what was built, because worker threads cannot load TypeScript.
 */
import { parseArgs } from 'node:util';
import { prepare, readExperiment, runExperiment } from '#experiment';
import { withLocalPool } from '#execute';

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '200' }, only: { type: 'string', default: '' } },
});
const seeds = Number(values.seeds);

const rates = { 'model.learningRate': [0.02, 0.01, 0.005] };
const simulation = { replicas: 64, targetError: 0.1 };
const MODELS: Readonly<Record<string, object>> = {
  'gaussian input, label noise': {
    model: {
      ...{ hiddenUnits: 4, learningRate: 0.01, weightDecay: 0.1, labelNoiseVariance: 0.02 },
      input: [{ kind: 'gaussian', covariance: [1.3, 1, 0.8] }],
    },
  },
  'dictionary, directed drift': {
    model: {
      ...{ hiddenUnits: 3, learningRate: 0.01, weightDecay: 0.1, labelNoiseVariance: 0.3 },
      input: [
        {
          kind: 'dictionary',
          probabilities: [0.4, 0.3, 0.2, 0.1],
          stimuli: [
            [1.1, 0.3, -0.2],
            [-0.4, 1.2, 0.3],
            [0.2, -0.6, 1],
            [-0.9, 0.2, -0.5],
          ],
        },
      ],
    },
  },
  "Oja's rule": {
    model: { rule: 'oja', outputs: 2, learningRate: 0.01, input: [{ kind: 'gaussian', covariance: [1.4, 1, 0.4] }] },
    probes: [
      [1, 0, 0],
      [0, 1, 0],
      [1, -1, 0],
    ],
  },
};

interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Every estimate of a report by the path of its keys, where numbers stand for places in lists. */
function intervalsOf(report: unknown, path = ''): Map<string, Interval> {
  const found = new Map<string, Interval>();
  if (typeof report !== 'object' || report === null) return found;
  const { value, se, interval95 } = report as { value?: number; se?: number; interval95?: [number, number] };
  if (value !== undefined && se !== undefined && se > 0 && (interval95 || path.endsWith('limit'))) {
    const [low, high] = interval95 ?? [value - 1.96 * se, value + 1.96 * se];
    found.set(path, { value, low, high });
  }
  for (const [key, part] of Object.entries(report))
    for (const [name, one] of intervalsOf(part, `${path}.${key}`)) found.set(name, one);
  return found;
}

for (const [name, experiment] of Object.entries(MODELS).filter(([name]) => name.includes(values.only))) {
  const all = new Map<string, Interval[]>();
  const speeds = new Map<string, number>();
  await withLocalPool({}, async (runTasks) => {
    for (let seed = 1; seed <= seeds; seed++) {
      const resolved = await readExperiment({
        ...{ name, probes: 'axes', ...experiment, sweep: rates },
        simulation: { ...simulation, seed },
      });
      const points = prepare(resolved);
      if (seed === 1)
        for (const [i, { prediction, next, best }] of points.entries())
          for (const [k, { directedSpeed }] of (next ?? best ?? prediction).probes.entries())
            speeds.set(`.points.${i}.probes.${k}.simulation.directedSpeed`, directedSpeed);
      const { report } = await runExperiment(name, points, runTasks);
      for (const [path, interval] of intervalsOf(report)) all.set(path, [...(all.get(path) ?? []), interval]);
      process.stderr.write(`\r${name}: ${seed} of ${seeds} seeds`);
    }
  });
  process.stderr.write('\n');
  console.log(
    `\n${name}, ${seeds} seeds\n\n| number | intervals | coverage | lowest of one |\n| --- | --- | --- | --- |`,
  );
  const kinds = new Map<string, number[]>();
  for (const [path, intervals] of all) {
    if (intervals.length < 0.9 * seeds) continue;
    const mean = speeds.get(path) ?? intervals.reduce((sum, { value }) => sum + value, 0) / intervals.length;
    const covered = intervals.filter(({ low, high }) => low <= mean && mean <= high).length / intervals.length;
    const kind = path.replace(/\.\d+/g, '').replace(/^\.points\.|\.simulation$/g, '');
    kinds.set(kind, [...(kinds.get(kind) ?? []), covered]);
  }
  for (const [kind, covered] of kinds) {
    const mean = covered.reduce((sum, value) => sum + value, 0) / covered.length;
    console.log(`| ${kind} | ${covered.length * seeds} | ${mean.toFixed(3)} | ${Math.min(...covered).toFixed(3)} |`);
  }
}
