import type { Matrix } from '#linalg';
import type { ReplicaStreams } from '#random';
import type { NoiseSource, SynapticNoise } from './definition/synaptic-noise.js';
import type { InputDistribution } from './input/distribution.js';

/** The weights of one network: the arrays of its learning rule, in the order of `LearningRule.arrays`. */
export type State = readonly Matrix[];

/** What every model has, whatever rule it learns by. Plain data: tasks carry it to workers and run directories. */
export interface RuleModel {
  /** Name of the learning rule, see `ruleOf`; two-layer SGD unless given. */
  readonly rule?: string;
  readonly input: InputDistribution;
  /** eta. */
  readonly learningRate: number;
  /** Noise that every step adds to the weights themselves; none unless given. */
  readonly synapticNoise?: SynapticNoise | undefined;
  /** Which noise acts: both kinds unless given; see `NoiseSource`. */
  readonly noiseSource?: NoiseSource | undefined;
  /** The hidden layer whose representations are measured, from 1; the first unless given. */
  readonly layer?: number;
}

/** Losses of a network, averaged over the input distribution and label noise. Units: output^2. */
export interface Loss {
  /** Without the penalty on the weights. */
  readonly task: number;
  /** What the mean step descends: the task and the penalty on the weights, if there is any. */
  readonly regularized: number;
}

/** Which replica of which seed: keys every random number that its start takes. */
export interface ReplicaKey {
  readonly seed: number;
  readonly replica: number;
}

/**
 * Where a replica starts: at a random point of the minimum-loss manifold, the orbit of a reference point, or from independent
 * weights N(0, random^2).
 */
export type StartingPoint = { readonly onManifold: State } | { readonly random: number };

/**
 * A learning rule: everything that simulation and measurement ask of it. Whatever else they do is the same for all rules.
 * `M` is the plain data that parametrise it. A theory, if there is one, belongs to the experiment (`theoryOf`).
 */
export interface LearningRule<M extends RuleModel = RuleModel> {
  /** What `model.rule` calls it. */
  readonly name: string;

  /** The arrays of a state with all its hidden units. */
  arrays(model: M): readonly { readonly name: string; readonly rows: number; readonly cols: number }[];

  /** Throws InvalidInputError for parameters with which no step makes sense. */
  assertValid(model: M): void;

  /** Hidden units of a network, all of them. */
  hiddenUnits(model: M): number;

  /** k: hidden units of a state, the components of a representation. */
  units(model: M, state: State): number;

  /** The state a replica starts from: with `reduction` on as few hidden units as learn exactly the same, else on all. */
  start(model: M, from: StartingPoint, key: ReplicaKey): State;

  /** For rules whose hidden size is free; null where every hidden unit has to be simulated. */
  readonly reduction: HiddenUnitReduction<M> | null;

  /**
   * The readable step, which every faster one must equal: changes a state of the shape of `template` in place, drawing the
   * sample from the streams.
   */
  step(model: M, template: State): (state: State, streams: ReplicaStreams) => void;

  /** About how many multiplications one step of one replica takes. */
  stepOperations(model: M, state: State): number;

  /** Writes the representations h of the stimuli (K x n, one a row) in a state: K x k. */
  representation(stimuli: Matrix, model: M): (hidden: Float64Array, state: State) => void;

  losses(model: M): (state: State) => Loss;

  /**
   * Rotations of hidden units under which every step is equivariant, g(R.S, z) = R.g(S, z) for every sample z, so that states
   * drift along the orbits R.S. Empty for a rule without such a symmetry. The representation is that of the units that the
   * first group turns.
   */
  symmetry(model: M): readonly RotationGroup[];
}

/** How a rule is simulated on fewer hidden units than it has. */
export interface HiddenUnitReduction<M extends RuleModel> {
  /** Most hidden units of a reduced state. */
  mostUnits(model: M): number;

  /** The state with all hidden units that a reduced state of this replica represents. */
  lift(model: M, from: StartingPoint, key: ReplicaKey, state: State): State;

  /** Representations in reduced states of this replica (one a row, M x k) with all hidden units: M x p. */
  liftRepresentations(model: M, from: StartingPoint, key: ReplicaKey, hidden: Matrix): Matrix;
}

/** A group O(k) that turns hidden units. */
export interface RotationGroup {
  /** R.S for R (l x k) with orthonormal rows or columns: a state of l hidden units. */
  act(rotation: Matrix, state: State): State;

  /**
   * The projection onto the orbit of a reference point of r hidden units, for states of `units` hidden units. `duals` are the left
   * null vectors of the mean flow there (columns), for rules whose flow does not lead to the nearest point of the orbit.
   */
  projection(referencePoint: State, units: number, duals?: Matrix | null): FrameProjection;

  /** A state of the same orbit on as few hidden units as span it: units that are silent for every input are gone. */
  withoutSilentUnits(state: State): State;
}

/** Finds the frame R (k x r, orthonormal columns) for which R.S* is the point of the orbit of S* that a state belongs to. */
export interface FrameProjection {
  /** Writes R^T (r x k). `frame` holds that of the sample before, or zeros: where R is not unique, it stays near. */
  project(frame: Float64Array, state: State): void;
}
