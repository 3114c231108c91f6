import type { ArrayAlgebra, Matrix, Shape } from '#linalg';
import type { RuleParameters } from '../own-rule/parameters.js';
import type { RuleModel, State } from '../rule.js';
import type { SynapticNoise } from './synaptic-noise.js';

/** One array of a state. */
export interface StateArray {
  readonly name: string;
  readonly rows: number;
  readonly cols: number;
  /** Whether every step keeps a symmetric array symmetric; its synaptic noise is then symmetric, too. */
  readonly symmetric?: boolean;
  /** Whether it holds how fast another array moves: it starts at zero, and has no synaptic noise. */
  readonly isVelocity?: boolean;
}

/** A model of another rule that has the same leading order in the learning rate. */
export interface SlowModel {
  readonly model: RuleModel;
  /** A state of this rule at rest at a state of the other one, and the other way round. */
  atRest(state: State): State;
  slowPart(state: State): State;
}

/** Df as far as states with symmetric arrays feel it. */
export interface SymmetricFlow {
  readonly jacobian: Matrix;
  /** A rate that stands for the antisymmetric parts, as often as they have directions; null where these relax by themselves. */
  readonly standIn: { readonly rate: number; readonly directions: number } | null;
}

/** How a rule is predicted whose symmetric arrays may have antisymmetric parts that nothing restores. */
export interface SymmetricArrays {
  flow(name: string, arrays: readonly StateArray[], jacobian: Matrix, noise: SynapticNoise | undefined): SymmetricFlow;
  /** A state, as a vector, without these parts. */
  symmetrized(arrays: readonly StateArray[], vector: Float64Array): Float64Array;
}

/** What one step draws: an input x and label noise eps, as columns. */
export interface Sample<A> {
  /** n x 1. */
  readonly input: A;
  /** As many rows as `labelNoise` names; 0 x 1 without label noise. */
  readonly noise: A;
  /** What `normals` asks for; only in an update. */
  readonly normals?: readonly A[];
}

/** Rotations of one layer of hidden units: a group O(k) that acts on states linearly. */
export interface UnitRotations {
  /** What messages call the units. */
  readonly name: string;
  /** k. */
  readonly units: number;
  /** R.S for an orthogonal R (k x k). Written with the transpose for the inverse. */
  readonly act: <A>(algebra: ArrayAlgebra<A>, rotation: A, state: readonly A[]) => readonly A[];
}

/** Losses of one sample, each 1 x 1. */
export interface SampleLoss<A> {
  readonly task: A;
  /** What the rule adds to the task; none where it adds nothing. */
  readonly penalty?: A;
}

/**
 * A learning rule as one writes it down. A step draws a sample z and sets
 *   S <- S + eta g(S, z) + synaptic noise.
 * Everything is written once over an algebra of arrays; the readable step, exact derivatives, the test of the symmetry and the
 * theory follow from it.
 */
export interface RuleDefinition<M extends RuleModel = RuleModel> {
  /** What `model.rule` calls it. */
  readonly name: string;

  /** Its parameters where it comes from a rule file. */
  readonly parameters?: RuleParameters;

  /** The arrays of a state, in their order. */
  arrays(model: M): readonly StateArray[];

  /** g(S, z): one array for each of the state. */
  update<A>(algebra: ArrayAlgebra<A>, model: M, state: readonly A[], sample: Sample<A>): readonly A[];

  /** Degree of g as a polynomial in the sample; 2 unless given. Null where it is none: then inputs must be stimuli. */
  readonly degree?: number | null;

  /** Number and variance of the components of eps; without label noise unless given. */
  labelNoise?(model: M): { readonly size: number; readonly variance: number };

  /** Shapes of further arrays of standard normal numbers that every sample draws for an update, `sample.normals`; none unless given. */
  normals?(model: M): readonly Shape[];

  /** Samples averaged in one step; 1 unless given. */
  batchSize?(model: M): number;

  /**
   * The rotations under which every step is equivariant, g(R.S, z) = R.g(S, z) for every sample z, one for each layer of hidden units.
   * Empty for a rule without such a symmetry, which does not drift along an orbit.
   */
  symmetry(model: M): readonly UnitRotations[];

  /** Why no theory predicts the drift of a model, as a clause; null where one does, as for all models unless given. */
  unpredicted?(model: M): string | null;

  /**
   * The model with other numbers of units in the layers of `symmetry`, for gradient rules whose layers have free sizes: units that learn
   * nothing are then predicted together.
   */
  withUnits?(model: M, units: readonly number[]): M;

  /** The representations of an input (n x 1): activities of hidden units, for each layer of `symmetry`, at least one. */
  representations<A>(algebra: ArrayAlgebra<A>, model: M, state: readonly A[], input: A): readonly A[];

  /**
   * For a rule with variables that relax within a few steps, whatever the learning rate: a model without them that moves in the same way
   * at leading order. Null where there are none.
   */
  slow?(model: M): SlowModel | null;

  /**
   * The left null vector of the mean flow at a point of the orbit that belongs to a tangent vector there, up to linear combinations: for
   * gradient rules the tangent itself, which it is unless given.
   */
  dual?(model: M, tangent: State): State;

  loss<A>(algebra: ArrayAlgebra<A>, model: M, state: readonly A[], sample: Sample<A>): SampleLoss<A>;

  /** For rules whose symmetric arrays need not decay; those of the package do. */
  readonly symmetricArrays?: SymmetricArrays;

  /** The point of the orbit of a fixed point that is predicted and simulated; the one that the mean flow leads to unless given. */
  orient?(model: M, state: State): State;

  /** A state near the fixed point of the mean step, from which Newton's method and the mean flow find it. */
  nearFixedPoint(model: M): State;
}
