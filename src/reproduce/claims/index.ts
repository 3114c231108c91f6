import type { Claim } from '../claim.js';
import { claimsMapClaim } from '../claims-map/claim.js';
import { digitsClaim } from './digits.js';
import { directedClaim } from './directed.js';
import { exposureClaim } from './exposure.js';
import { fluctuationClaim } from './fluctuation.js';
import { frequencyClaim } from './frequency.js';
import { learningRateClaim } from './learning-rate.js';
import { bottleneckClaim } from './bottleneck.js';
import { noDriftClaim } from './no-drift.js';
import { ojaClaim } from './oja.js';
import { scalingClaims, spectrumClaim } from './scaling.js';
import { similarityClaim } from './similarity.js';
import { similarityMatchingClaim } from './similarity-matching.js';
import { stableLossClaim } from './stable-loss.js';
import { supervisedClaim } from './supervised.js';
import { hiddenSizeNoiseClaim, isotropyClaim, outputsNoiseClaim, synapticSimilarityClaim } from './synaptic-noise.js';

/** Every claim: those of the paper in its order, ours, then those about other learning rules. */
export const claims: readonly Claim[] = [
  stableLossClaim,
  fluctuationClaim,
  learningRateClaim,
  ...scalingClaims,
  spectrumClaim,
  frequencyClaim,
  similarityClaim,
  directedClaim,
  claimsMapClaim,
  digitsClaim,
  ojaClaim,
  similarityMatchingClaim,
  supervisedClaim,
  bottleneckClaim,
  hiddenSizeNoiseClaim,
  outputsNoiseClaim,
  isotropyClaim,
  synapticSimilarityClaim,
  noDriftClaim,
  exposureClaim,
].sort((a, b) => parseInt(a.id) - parseInt(b.id) || (a.id < b.id ? -1 : 1));
