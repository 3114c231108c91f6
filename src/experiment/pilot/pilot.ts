import type { CreateMeasuredStepper } from '#kernel';
import { zeros } from '#linalg';
import type { FrameMeasurement } from '#measure';
import { ruleOf, type RuleModel, type State } from '#model';
import { BURN_IN_RELAXATIONS, plan, type Plan } from '../plan/plan.js';
import type { CooperativeTask } from '../tasks/cooperative-task.js';
import { noManifoldPoint } from '../tasks/starts.js';
import { CoupledCopies } from './coupled-copies.js';
import { measureReferencePoint } from './reference-point.js';
import { measureRelaxation } from './relaxation.js';
import { pilotReplicas, type PilotPoint } from './point.js';
import { measureVariances, type Variances } from './variances.js';

export interface PilotOptions {
  /** Steps of a replica within which displacements from the manifold must have relaxed. */
  readonly maxSteps?: number;
}

/** Replicas that are coupled to copies. */
const COUPLED_REPLICAS = 8;

/** For a duration that is given. */
const NOT_NEEDED: Variances = { diffusionVariance: 0, fluctuationFreedom: Infinity };

/**
 * A plan for a point that no theory predicts, from short simulations: the relaxation time from perturbed copies that learn from
 * the same samples, a reference point where the rule has a rotational symmetry, and the errors of D and F for the duration.
 * Where D is too small to be resolved, F alone decides the duration. The numbers have an error of some 10% (relaxation time)
 * to 50% (duration). Directions of rotation are the coordinate planes of the reference point.
 *
 * Valid where all replicas settle on one manifold. Throws InvalidInputError where they do not relax, and for a start on the
 * manifold of a rule without symmetry; CancelledError when told to stop. Takes about 5000 relaxation times of one replica
 * beside learning, up to 8 times as much where D is small.
 */
export function* planFromPilot(
  point: PilotPoint,
  createStepper: CreateMeasuredStepper,
  { maxSteps = 1e8 }: PilotOptions = {},
): CooperativeTask<Plan> {
  assertStart(point);
  const { model, probes, simulation } = point;
  const random = deviationOf(point);
  const firstWait = 1 / model.learningRate;
  const replicas = pilotReplicas(COUPLED_REPLICAS);
  const coupled = (starts: readonly State[]): CoupledCopies =>
    new CoupledCopies(model, createStepper, simulation.seed, replicas, starts);
  const learning = coupled(
    replicas.map((replica) => ruleOf(model).start(model, { random }, { seed: simulation.seed, replica })),
  );
  const fromRandom = yield* measureRelaxation(learning, firstWait, maxSteps);
  const referencePoint = yield* measureReferencePoint(model, learning, replicas.length, fromRandom.relaxationTime);
  // Once they are silent, hidden units that learn nothing relax no longer.
  const onManifold =
    referencePoint && (yield* measureRelaxation(coupled(replicas.map(() => referencePoint)), firstWait, maxSteps));
  const relaxationTime = onManifold?.relaxationTime ?? fromRandom.relaxationTime;
  const settling = Math.max(0, BURN_IN_RELAXATIONS * (fromRandom.relaxationTime - relaxationTime));
  const times = { relaxationTime, learningTime: Math.ceil(fromRandom.learningTime + settling) };
  const frame = referencePoint && frameOf(model, referencePoint, probes.length);
  const variances =
    simulation.duration === 'auto' ? yield* measureVariances(point, createStepper, times, frame, random) : NOT_NEEDED;
  const learningTime = simulation.start === 'manifold' ? 0 : times.learningTime;
  return plan(simulation, probes.length, { ...times, learningTime, ...variances }, frame);
}

function assertStart({ model, simulation }: PilotPoint): void {
  if (simulation.start === 'manifold' && ruleOf(model).symmetry(model).length === 0) throw noManifoldPoint();
}

/** Standard deviation of random weights: that of the start, or one that keeps the size of what they multiply. */
function deviationOf({ model, simulation: { start } }: PilotPoint): number {
  if (start !== 'manifold') return start.random;
  const sizes = ruleOf(model)
    .arrays(model)
    .flatMap(({ rows, cols }) => [rows, cols]);
  return 1 / Math.sqrt(Math.max(...sizes));
}

function frameOf(model: RuleModel, referencePoint: State, probes: number): FrameMeasurement {
  const rank = ruleOf(model).units(model, referencePoint);
  return {
    referencePoint,
    rank,
    directions: Int32Array.from({ length: (rank * (rank - 1)) / 2 }, (_, plane) => plane),
    driftDirections: zeros(probes, rank),
  };
}
