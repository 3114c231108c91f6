import { gaussianPart, inputDistribution, type Model } from '#model';
import { createKernelSteppers } from '#kernel';
import { loadKernel } from '#kernel/node';
import { runExperiment, prepare, runSlices, runTask, stepsOf, type Experiment } from '#experiment';
import { withLocalPool } from '#execute';
import { availableParallelism } from 'node:os';
import { diagonal, fromRows, identity } from '#linalg';

/** The figures that a user feels. */
export interface Precision {
  /** Seconds to a 1% standard error of D on all cores, burn-in included, scaled from the error that was reached. */
  readonly secondsToOnePercent: number;
  /** The same in processor time of all threads, their start included: what other work on the machine does not change. */
  readonly processorSecondsToOnePercent: number;
  readonly replicaSteps: number;
  /** Largest relative standard error of D that this run reached. */
  readonly reached: number;
  /** Replica-steps, and seconds at the same speed, that raw mean squared displacement would take: see `rawSteps`. */
  readonly rawReplicaSteps: number;
  readonly rawSeconds: number;
  /** Processor time that measuring adds to stepping, as a fraction, for n = m = p. */
  readonly recordingOverhead: readonly { readonly n: number; readonly overhead: number }[];
}

const ACCURACY = 0.01;
/** Rounds of a tenth of a second, and as many before them as the engine takes to compile what it then runs. */
const ROUNDS = 31;
const WARM_UP = 6;

/** An autoencoder at eta = 0.01 whose probes are its axes. */
function experimentOf(variances: readonly number[]): Experiment {
  const n = variances.length;
  const model: Model = {
    hiddenUnits: n,
    target: identity(n),
    input: inputDistribution(n, [gaussianPart(1, diagonal(variances))], []),
    learningRate: 0.01,
    weightDecay: 0.1,
    labelNoiseVariance: 0.25,
    batchSize: 1,
  };
  return {
    name: 'precision',
    points: [
      {
        assignments: [],
        model,
        probes: variances.map((_, axis) => Float64Array.from(variances, (__, i) => (i === axis ? 1 : 0))),
        simulation: {
          replicas: 64,
          seed: 1,
          targetError: ACCURACY,
          burnIn: 'auto',
          lag: 'auto',
          duration: 'auto',
          trajectorySamples: 0,
          start: 'manifold',
          reduceHiddenUnits: true,
          precision: 'f64',
        },
      },
    ],
  };
}

/** The anisotropic autoencoder of the reference cases, and a larger one. */
const experiment = experimentOf([1.3, 1, 0.8, 0.6]);
const larger = experimentOf(Array.from({ length: 10 }, (_, i) => 1.3 - (0.7 * i) / 9));

export async function measurePrecision(): Promise<Precision> {
  const prepared = prepare(experiment);
  const began = performance.now();
  const before = process.cpuUsage();
  const { report } = await withLocalPool({}, (runTasks) =>
    runExperiment(experiment.name, prepared, runTasks, { workers: availableParallelism() }),
  );
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(before);
  const [{ probes }] = report.points;
  const reached = Math.max(...probes.map(({ simulation: { diffusion } }) => diffusion.se / diffusion.value));
  const replicaSteps = stepsOf(prepared[0]);
  const rawReplicaSteps = Math.max(
    ...probes.map(({ simulation }) =>
      rawSteps(simulation.fluctuation.value, simulation.diffusion.value, probes.length),
    ),
  );
  const scale = (reached / ACCURACY) ** 2;
  return {
    secondsToOnePercent: seconds * scale,
    processorSecondsToOnePercent: ((user + system) / 1e6) * scale,
    replicaSteps,
    reached,
    rawReplicaSteps,
    rawSeconds: (rawReplicaSteps / replicaSteps) * seconds,
    recordingOverhead: [
      { n: 4, overhead: await recordingOverhead(experiment, 1000) },
      { n: 10, overhead: await recordingOverhead(larger, 300) },
    ],
  };
}

/**
 * Replica-steps to 1% by raw displacement, by its error law: |h(t) - h(0)|^2 = D t + 2 F needs t = 200 F / D for an
 * intercept of 1%, and its relative standard error over R replicas is sqrt(2 / ((r-1) R)), r - 1 the directions in which a
 * representation turns. (Two lags and their difference would do with a shorter t, and more replicas.)
 */
const rawSteps = (fluctuation: number, diffusion: number, rank: number): number =>
  ((2 * fluctuation) / (diffusion * ACCURACY)) * (2 / ((rank - 1) * ACCURACY * ACCURACY));

/** Median over the rounds of processor time with measuring over that without, minus 1. */
async function recordingOverhead(of: Experiment, samples: number): Promise<number> {
  const create = createKernelSteppers(await loadKernel(), 'f64');
  const [{ plan, point }] = prepare(of);
  const task = {
    model: point.model,
    probes: fromRows(point.probes),
    seed: 1,
    replicas: [0, 1, 2, 3],
    burnIn: plan.burnIn,
    precision: 'f64' as const,
    measurement: {
      ...plan.measurement,
      samples,
      courseSamples: Int32Array.of(0, samples - 1),
      trajectorySamples: new Int32Array(),
    },
    start: 'manifold' as const,
    reduceHiddenUnits: true,
    keepWeights: false,
  };
  const starts = task.replicas.map(() => plan.measurement.frame?.referencePoint ?? []);
  // Processor time: what else the machine does is not counted, and few microseconds are at stake.
  const timed = (work: () => void): number => {
    const began = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(began);
    return user + system;
  };
  const ratios: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const stepping = timed(() => {
      create(point.model, 1, task.replicas, starts).advance(plan.burnIn + (samples - 1) * plan.lag);
    });
    const measuring = timed(() => runSlices(runTask(task, create)));
    if (round >= WARM_UP) ratios.push(measuring / stepping - 1);
  }
  return ratios.sort((a, b) => a - b)[Math.floor(ratios.length / 2)];
}
