import type { Setting } from './setting.js';

/**
 * The decay rate of the self-correlation of a relevant stimulus, half of D / |h|^2, over eta^3, for k relevant variances 1 and n - k
 * irrelevant ones l.
 */
export interface DecayRate {
  /** Pashakhanloo, NeurIPS 2025 (arXiv 2510.21588). */
  readonly published: (setting: Setting) => number;
  /** Without its limits: for any l below 1, any gamma, any tau. Ours. */
  readonly exact: (setting: Setting) => number;
}

/** (k - 1)(n - k). */
const pairs = ({ inputs: n, relevant: k }: Setting): number => (k - 1) * (n - k);

const hebbian = (setting: Setting): number => (setting.irrelevantVariance ** 2 * pairs(setting)) / 8;

/** Oja's rule: l^2 (k-1)(n-k) / 8 for small l; exactly, over 1 - l. */
export const ojaRate: DecayRate = {
  published: hebbian,
  exact: (setting) => hebbian(setting) / (1 - setting.irrelevantVariance),
};

/**
 * Similarity matching: the same at tau = 1. Otherwise (k-1)(k+2)(1-tau)^2 (2 tau + 9) / (216 tau) more, whatever l: found from values of
 * the theory, which it equals to rounding, and not derived.
 */
export const similarityMatchingRate: DecayRate = {
  published: hebbian,
  exact: (setting) => {
    const { relevant: k, tau } = setting;
    return ojaRate.exact(setting) + ((k - 1) * (k + 2) * (1 - tau) ** 2 * (2 * tau + 9)) / (216 * tau);
  },
};

/**
 * A two-layer network that learns a target of rank k: gamma^4 (k-1)(k+2 + (n-k) l/2) / 16 for small gamma; exactly,
 * gamma^4 (k-1)[(k+2) / (1-gamma) + (n-k) l^2 / (2 (l + gamma (1-l)))] / 16.
 */
export const supervisedRate: DecayRate = {
  published: ({ inputs: n, relevant: k, irrelevantVariance: l, weightDecay: gamma }) =>
    (gamma ** 4 * (k - 1) * (k + 2 + ((n - k) * l) / 2)) / 16,
  exact: ({ inputs: n, relevant: k, irrelevantVariance: l, weightDecay: gamma }) =>
    (gamma ** 4 * (k - 1) * ((k + 2) / (1 - gamma) + (n > k ? ((n - k) * l * l) / (2 * (l + gamma * (1 - l))) : 0))) /
    16,
};

/**
 * An autoencoder with a bottleneck of k units: l^2 (k-1)(n-k) / 32 for gamma -> 0 and small l. Exactly, with C the covariance of the
 * gradient noise of one unit and one irrelevant input, H their block of the Hessian and H S + S H = C,
 * (k-1)[gamma^4 (k+2) / (1-gamma) + (n-k) tr(C S) / (1-gamma)^2] / 16, which is
 *   (k-1)[gamma^4 (k+2) / (1-gamma) + (n-k) l^2 ((1-l)(1+gamma^2)^2 + (l+gamma)(1+gamma)^2) / (2 (1-l)(1+l+gamma (1-l)))] / 16
 * and l^2 (k-1)(n-k) / (32 (1-l^2)) for gamma -> 0.
 */
export const bottleneckRate: DecayRate = {
  published: (setting) => (setting.irrelevantVariance ** 2 * pairs(setting)) / 32,
  exact: (setting) => {
    const { relevant: k, irrelevantVariance: l, weightDecay: gamma } = setting;
    const noise = (1 - l) * (1 + gamma ** 2) ** 2 + (l + gamma) * (1 + gamma) ** 2;
    const irrelevant = (pairs(setting) * l * l * noise) / (2 * (1 - l) * (1 + l + gamma * (1 - l)));
    return ((gamma ** 4 * (k - 1) * (k + 2)) / (1 - gamma) + irrelevant) / 16;
  },
};
