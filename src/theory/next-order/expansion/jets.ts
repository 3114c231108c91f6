import type { Matrix } from '#linalg';

/**
 * Derivatives of a learning rule S <- S + eta g(S, z) at a point S* of its manifold of fixed points, where g commutes with rotations:
 * all that the expansion in eta needs to know of a rule (docs/next-order.md). f = E g is the mean field, J = Df(S*), and
 *
 *   J e_i = -mu_i e_i,  r_i . e_j = delta_ij,  r_i . tau_a = 0        K normal directions and their duals
 *   tau_a = Omega_a S*,  J tau_a = 0,  l_a . tau_b = delta_ab,  l_a . e_i = 0,  l_a J = 0        P planes
 *
 * r_i takes the normal component i of a vector and l_a its rotation in plane a. For a gradient rule e_i = r_i is an orthonormal
 * eigenbasis of the Hessian and l_a = tau_a / |tau_a|^2; no formula assumes so, but the mu_i have to be real.
 *
 * The noise of a sample is expanded in q uncorrelated functions of it, g(S, z) = f(S) + sum_b u_b(z) g_b(S), E u_b = 0,
 * E u_b u_c = delta_bc: then every mean of a product of two is a sum over the `noise` fields g_b.
 */
export interface Jets {
  /** mu_i > 0 (K). */
  readonly rates: Float64Array;
  readonly symmetry: SymmetryJets;
  readonly mean: MeanJets;
  /** The fields g_b (q). No sample turns the frame at first order: l_a . g_b(S*) = 0. */
  readonly noise: readonly NoiseJets[];
  readonly moments: NoiseMoments;
  /** Samples averaged per step. */
  readonly batchSize: number;
}

/** How the rotations act on the basis. */
export interface SymmetryJets {
  /** P. */
  readonly planes: number;
  /** rho^a_ij = r_i . Omega_a e_j, P matrices K x K. */
  readonly normal: readonly Matrix[];
  /** lambda_ab,j = l_a . Omega_b e_j: for each plane a the planes b where it is not 0. */
  readonly tangent: readonly (readonly TangentForm[])[];
  /** chi_abc = l_a . Omega_b Omega_c S*, entries that are not 0. */
  readonly second: readonly PlaneTriple[];
  /** c_abc of [Omega_b, Omega_c] = sum_a c_abc Omega_a, entries that are not 0. */
  readonly structure: readonly PlaneTriple[];
}

export interface TangentForm {
  readonly b: number;
  /** lambda_ab (K). */
  readonly form: Float64Array;
}

export interface PlaneTriple {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly value: number;
}

/** Derivatives of the mean field: of order k in the sense of f(S* + n) = J n + B(n, n) + Q(n, n, n) + ... */
export interface MeanJets {
  /** r_i . B(e_j, e_k) at (j K + k) K + i. */
  readonly quadratic: Float64Array;
  /** l_a . B(e_j, e_k), P matrices K x K. */
  readonly quadraticRotation: readonly Matrix[];
  /** Visits Q(e_j, e_k, e_l) for all j <= k <= l: its normal components (K) and rotations (P), valid until the next visit. */
  readonly visitCubic: (
    visit: (j: number, k: number, l: number, normal: Float64Array, rotation: Float64Array) => void,
  ) => void;
  /** l_a . (D^4 f / 24)(e_j, e_k, S), P matrices K x K for a symmetric S; absent where f is a polynomial of degree 3. */
  readonly quarticRotation?: (s: Matrix) => readonly Matrix[];
}

/** Derivatives of one noise field, in the same sense. Functions compute their result at each call. */
export interface NoiseJets {
  /** r_i . g_b(S*) (K): the update noise xi. */
  readonly normal: Float64Array;
  /** r_i . Dg_b e_j, K x K. */
  readonly linear: Matrix;
  /** l_a . Dg_b e_j, P x K. */
  readonly linearRotation: Matrix;
  /** r_i . B_b(e_j, e_k) at (j K + k) K + i. */
  readonly quadratic: () => Float64Array;
  /** l_a . B_b(e_j, e_k), P matrices K x K. */
  readonly quadraticRotation: () => readonly Matrix[];
  /** l_a . Q_b(e_j, S), P x K for a symmetric S. */
  readonly cubicRotation: (s: Matrix) => Matrix;
}

/** Higher moments of the white variables u. */
export interface NoiseMoments {
  /** E u_b u_c u_d at (b q + c) q + d. */
  readonly third: Float64Array;
  /** E (u.Y_a u)(u.Y_b u) for symmetric matrices Y (q x q). */
  readonly fourth: (forms: readonly Matrix[]) => Matrix;
}
