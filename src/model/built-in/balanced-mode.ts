/** One mode of a balanced deep linear network at the minimum of its loss. */
interface BalancedMode {
  /** w: its weight in every layer; 0 where it is not learned. */
  readonly weight: number;
  /** By how much learning it reduces the regularised loss. */
  readonly gain: number;
}

/**
 * The largest root w of l (t - w^L) w^(L-2) = gamma, where learning the mode with it is better than not:
 *   1/2 l t^2 > 1/2 l (t - w^L)^2 + L gamma w^2 / 2.
 * t: strength of the target, l: variance of the input along the mode, L >= 2 layers.
 */
export function balancedMode(t: number, l: number, gamma: number, layers: number): BalancedMode {
  const unlearned = { weight: 0, gain: 0 };
  if (!(t > 0 && l > 0)) return unlearned;
  const slope = (w: number): number => l * (t - w ** layers) * w ** (layers - 2) - gamma;
  // The left side has its only maximum over w > 0 at w^L = t (L-2) / (2 L - 2), and falls from there to w^L = t.
  const top = ((t * (layers - 2)) / (2 * layers - 2)) ** (1 / layers);
  if (!(slope(top) > 0)) return unlearned;
  let [low, high] = [top, t ** (1 / layers)];
  for (;;) {
    const middle = (low + high) / 2;
    if (!(middle > low && middle < high)) break;
    if (slope(middle) > 0) low = middle;
    else high = middle;
  }
  const gain = (l / 2) * (t * t - (t - low ** layers) ** 2) - (layers * gamma * low * low) / 2;
  return gain > 0 ? { weight: low, gain } : unlearned;
}
