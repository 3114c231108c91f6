import type { Claim } from '../claim.js';
import { claimsMapClaim } from '../claims-map/claim.js';
import { digitsClaim } from './digits.js';
import { directedClaim } from './directed.js';
import { fluctuationClaim } from './fluctuation.js';
import { frequencyClaim } from './frequency.js';
import { learningRateClaim } from './learning-rate.js';
import { scalingClaims, spectrumClaim } from './scaling.js';
import { similarityClaim } from './similarity.js';
import { stableLossClaim } from './stable-loss.js';

/** Every claim, in the order of the paper, then ours. */
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
].sort((a, b) => (a.id < b.id ? -1 : 1));
