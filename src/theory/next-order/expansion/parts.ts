import type { NoiseAverages } from './averages.js';
import type { CubicCorrector, CubicField } from './cubic.js';
import type { Jets } from './jets.js';
import type { Leading } from './leading.js';
import type { SkewedMoments } from './moments.js';

/** The results of the earlier stages of the expansion, for the later ones. */
export interface Parts {
  readonly jets: Jets;
  readonly leading: Leading;
  readonly averages: NoiseAverages;
  readonly cubic: CubicField;
  readonly corrector: CubicCorrector;
  readonly moments: SkewedMoments;
}
