import { networkSize, stepsOf, taskReplicas, type PreparedPoint } from '#experiment';

/** What one point asks for. */
export interface PointPlan {
  /** The phase, and what the sweep sets, key -> value. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Steps; null where nothing is predicted. */
  readonly relaxationTime: number | null;
  readonly burnIn: number;
  readonly lag: number;
  readonly duration: number;
  readonly replicas: number;
  readonly replicaSteps: number;
  /** What the times leave unsettled, where they do not wait for every mode. */
  readonly unsettled?: PreparedPoint['plan']['unsettled'];
}

export const pointPlan = (prepared: PreparedPoint<null>): PointPlan => {
  const { point, prediction, plan } = prepared;
  return {
    parameters: {
      ...(point.phase && { phase: point.phase.name }),
      ...Object.fromEntries(point.assignments.map(({ name, value }) => [name, value])),
    },
    relaxationTime: prediction?.relaxationTime ?? null,
    burnIn: plan.burnIn,
    lag: plan.lag,
    duration: (plan.samples - 1) * plan.lag,
    replicas: plan.replicas,
    replicaSteps: stepsOf(prepared),
    ...(plan.unsettled && { unsettled: plan.unsettled }),
  };
};

/** About how many multiplications a point takes: its steps, and the samples of its probes. */
function operationsOf(prepared: PreparedPoint<null>): number {
  const { point, plan } = prepared;
  const { simulatedUnits: units } = networkSize(point);
  const { probes } = plan.measurement;
  const weights = units * 2 * point.probes[0].length;
  const observation = weights * (units + probes) + units * probes ** 2;
  return stepsOf(prepared) * weights * 3 + plan.samples * plan.replicas * observation;
}

/** Sums up what points ask for, one after the other: thousands of predictions need not be in memory together. */
export class Cost {
  #replicaSteps = 0;
  #operations = 0;
  #points = 0;
  #tasks = 0;
  #largest: { readonly prepared: PreparedPoint<null>; readonly operations: number } | null = null;

  add(prepared: PreparedPoint<null>): void {
    const operations = operationsOf(prepared);
    this.#points++;
    this.#tasks += Math.ceil(prepared.plan.replicas / taskReplicas(prepared.plan.replicas));
    this.#replicaSteps += stepsOf(prepared);
    this.#operations += operations;
    if (operations > (this.#largest?.operations ?? -1)) this.#largest = { prepared, operations };
  }

  /** The same points, each counted as it passes. */
  *counting(points: Iterable<PreparedPoint<null>>): Generator<PreparedPoint<null>> {
    for (const point of points) {
      this.add(point);
      yield point;
    }
  }

  get points(): number {
    return this.#points;
  }

  /** Into how many tasks they are split: no more workers than that have work. */
  get tasks(): number {
    return this.#tasks;
  }

  get replicaSteps(): number {
    return this.#replicaSteps;
  }

  /** About how many multiplications all points take. */
  get operations(): number {
    return this.#operations;
  }

  /** The point with most work; null before the first one. */
  get largest(): PreparedPoint<null> | null {
    return this.#largest?.prepared ?? null;
  }

  /** Seconds of one worker, from the rate of the largest point (replica-steps per second). */
  seconds(rate: number): number {
    if (!this.#largest) return 0;
    const { prepared, operations } = this.#largest;
    return ((stepsOf(prepared) / rate) * this.#operations) / operations;
  }
}
