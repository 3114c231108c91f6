import { CancelledError, InvalidInputError } from '#core';
import type { CreateMeasuredStepper } from '#kernel';
import { fromRows, zeros, type Matrix } from '#linalg';
import { ruleOf, type RuleModel, type State, type Stepper } from '#model';
import { phaseSampling, stepsAfter } from '../plan/phase.js';
import { burnInOf, lagOf, plan, relaxationOf, type Plan, type TimeScales } from '../plan/plan.js';
import type { CooperativeTask } from '../tasks/cooperative-task.js';
import { sliceSteps } from '../tasks/slices.js';
import { whyUnpredicted } from '../theory/unpredicted.js';
import { linearFrom, meanSquaredDisplacements, type LinearGrowth } from './displacements.js';
import { pilotReplicas, type PilotPoint } from './point.js';

const REPLICAS = 16;
/** Loss is taken of so many replicas, so often in each window. */
const LOSS_REPLICAS = 8;
const LOSS_SAMPLES = 8;
/** Learning is done when the mean loss of a window differs by less than this from that of the window before, half as long ... */
const SETTLED = 0.03;
/** ... or by less than this many of its standard errors, twice in a row. */
const ERRORS = 2;
/** A loss still above this share of the first one has not begun to fall, until so many times 1 / learning rate have passed. */
const UNCHANGED = 0.95;
const MAX_PLATEAU = 300;
/** Samples of the course of displacements, and probes that are followed. */
const SAMPLES = 512;
const PROBES = 8;
/**
 * Variance of D over that of the mean square of the same increments, all of which would be drift: neighbours add theirs, and the fluctuation is
 * of fewer dimensions than the displacement. Errors of ReLU networks come out about right.
 */
const LONG_RUN = 10;
/** Learning rate times the steps that learning, and after that relaxation, may take. */
const MAX_LEARNING = 2e5;
/** Learning rate times the steps between samples, at first. */
const FIRST_SPACING = 0.5;

/**
 * A plan for a point of which no theory knows the manifold, nor whether there is one: the time of learning from the loss of random
 * weights, and as lag the time from which on the mean squared displacement of the representations grows in proportion to time. Without a
 * frame: D and F are measured from displacements. Throws InvalidInputError where learning does not settle, and for a start on the
 * manifold; CancelledError when told to stop.
 */
export function* planWithoutManifold(
  point: PilotPoint,
  createStepper: CreateMeasuredStepper,
  maxSteps = MAX_LEARNING / point.model.learningRate,
): CooperativeTask<Plan> {
  const { model, simulation } = point;
  const isGiven = hasAllTimes(point);
  // A later phase goes on with the weights of the one before.
  if (isGiven && isLater(point)) return planned(point, NOT_NEEDED);
  if (simulation.start === 'manifold') throw noStart(model);
  if (isGiven) return planned(point, NOT_NEEDED);
  const { random } = simulation.start;
  const network = new PilotNetworks(point, createStepper, random);
  const learningTime = yield* learnedAfter(network, model.learningRate, maxSteps);
  const { lag, variance, share } = yield* linearGrowth(network, model.learningRate, maxSteps);
  return planned(point, {
    relaxationTime: relaxationOf(lag),
    learningTime: learningTime + lag,
    diffusionVariance: share > 0 ? (LONG_RUN * variance) / share ** 2 : 0,
    fluctuationFreedom: 2 / variance,
  });
}

/** The transient of a phase that is not given is as long as learning from random weights. */
function planned({ probes, simulation: given, phase }: PilotPoint, scales: TimeScales): Plan {
  const lag = given.lag === 'auto' ? lagOf(scales.relaxationTime, null) : given.lag;
  const simulation = phase ? phaseSampling(given, phase, burnInOf(scales), lag) : given;
  const found = plan(simulation, probes.length, scales, null);
  return { ...found, ...(phase && { after: stepsAfter(phase, simulation, found) }) };
}

const isLater = ({ phase }: Pick<PilotPoint, 'phase'>): boolean => (phase?.index ?? 0) > 0;

/** Whether a plan follows from what the file says alone. */
export function hasAllTimes(point: Pick<PilotPoint, 'simulation' | 'phase'>): boolean {
  const { burnIn, lag, duration } = point.simulation;
  const { steps = 'auto', transient = 'auto' } = point.phase ?? {};
  const waited = isLater(point) ? transient : burnIn;
  return waited !== 'auto' && lag !== 'auto' && (duration !== 'auto' || steps !== 'auto');
}

/** Where all times are given. */
const NOT_NEEDED = { relaxationTime: 0, learningTime: 0, diffusionVariance: 0, fluctuationFreedom: Infinity };

/** Some replicas that learn from random weights. */
class PilotNetworks {
  readonly #stepper: Stepper;
  readonly #state: State;
  readonly #slice: number;
  readonly #represent: (hidden: Float64Array, state: State) => void;
  readonly #losses: (state: State) => { readonly regularized: number };
  readonly #size: number;

  constructor({ model, probes, simulation: { seed } }: PilotPoint, create: CreateMeasuredStepper, random: number) {
    const rule = ruleOf(model);
    const replicas = pilotReplicas(REPLICAS);
    const starts = replicas.map((replica) => rule.start(model, { random }, { seed, replica }));
    this.#stepper = create(model, seed, replicas, starts);
    this.#state = starts[0].map(({ rows, cols }): Matrix => zeros(rows, cols));
    this.#slice = sliceSteps(model, REPLICAS, this.#state);
    const followed = fromRows(probes.slice(0, PROBES));
    this.#represent = rule.representation(followed, model);
    this.#losses = rule.losses(model);
    this.#size = followed.rows * rule.units(model, this.#state);
  }

  *advance(steps: number): CooperativeTask<void> {
    for (let left = steps; left > 0; left -= this.#slice) {
      const now = Math.min(left, this.#slice);
      this.#stepper.advance(now);
      if (yield REPLICAS * now) throw new CancelledError();
    }
  }

  loss(): number {
    let sum = 0;
    for (let replica = 0; replica < LOSS_REPLICAS; replica++) {
      this.#stepper.read(replica, this.#state);
      sum += this.#losses(this.#state).regularized;
    }
    return sum / LOSS_REPLICAS;
  }

  /** The representations of each replica. */
  representations(): Float64Array[] {
    return Array.from({ length: REPLICAS }, (_, replica) => {
      this.#stepper.read(replica, this.#state);
      const hidden = new Float64Array(this.#size);
      this.#represent(hidden, this.#state);
      return hidden;
    });
  }
}

/** Steps until the loss has settled, by windows each twice as long as the one before. */
function* learnedAfter(networks: PilotNetworks, rate: number, maxSteps: number): CooperativeTask<number> {
  const first = networks.loss();
  let steps = 0;
  let before: Mean | null = null;
  let settled = 0;
  for (let window = Math.max(LOSS_SAMPLES, Math.ceil(1 / rate)); ; window *= 2) {
    const losses: number[] = [];
    for (let k = 0; k < LOSS_SAMPLES; k++) {
      yield* networks.advance(Math.ceil(window / LOSS_SAMPLES));
      losses.push(networks.loss());
    }
    const began = steps;
    steps += LOSS_SAMPLES * Math.ceil(window / LOSS_SAMPLES);
    const now = meanOf(losses);
    if (!Number.isFinite(now.mean) || steps > maxSteps) throw notSettled(steps);
    const isMoving = now.mean < UNCHANGED * first || steps > MAX_PLATEAU / rate;
    const difference = before ? Math.abs(now.mean - before.mean) : Infinity;
    const isNear = difference <= SETTLED * now.mean || difference <= ERRORS * now.error;
    settled = isMoving && isNear ? settled + 1 : 0;
    if (settled === 2) return began;
    before = now;
  }
}

interface Mean {
  readonly mean: number;
  /** Its standard error, as if the values were independent. */
  readonly error: number;
}

function meanOf(values: readonly number[]): Mean {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(square / (values.length * (values.length - 1))) };
}

const noStart = (model: RuleModel): InvalidInputError =>
  new InvalidInputError(
    `${whyUnpredicted(model) ?? 'without a theory'}, and no point to start from is known: expected start: {random: STANDARD DEVIATION}`,
    ['simulation', 'start'],
  );

const notSettled = (steps: number): InvalidInputError =>
  new InvalidInputError(`a pilot run of ${steps} steps has not settled; give burnIn, lag and duration`, [
    'simulation',
    'burnIn',
  ]);

/** The lag from which on displacements grow in proportion to it, from courses of representations sampled ever less densely. */
function* linearGrowth(networks: PilotNetworks, rate: number, maxSteps: number): CooperativeTask<LinearGrowth> {
  let steps = 0;
  for (let spacing = Math.max(1, Math.round(FIRST_SPACING / rate)); ; spacing *= 2) {
    const courses: Float64Array[][] = Array.from({ length: REPLICAS }, () => []);
    for (let sample = 0; sample < SAMPLES; sample++) {
      networks.representations().forEach((hidden, replica) => courses[replica].push(hidden));
      yield* networks.advance(spacing);
    }
    steps += SAMPLES * spacing;
    const growth = linearFrom(meanSquaredDisplacements(courses), SAMPLES);
    if (growth) return { ...growth, lag: growth.lag * spacing };
    if (steps > maxSteps) throw notSettled(steps);
  }
}
