import type { Measured } from '../report.js';
import { similarityOver, type PairProducts } from './similarity.js';
import { deletionsOf, mapDeletions, measuredOverStimuli, ratioOverStimuli, type Deletions } from './stimulus-blocks.js';

/** S of several pairs of sessions together, its error over stimuli. */
export const similarityOfPairs = (pairs: readonly Deletions<PairProducts>[]): Measured =>
  measuredOverStimuli(mapDeletions(deletionsOf(pairs), (products) => similarityOver(products).similarity));

/**
 * Share of the drift that keeps similarity, (S - S_independent) / (1 - S_independent) over all pairs of sessions: 0 where every stimulus
 * drifts by itself, 1 where the code only turns. Error over stimuli: a rotation mixes neurons, so that no neuron stands for itself. No
 * value where S_independent may be 1 within its error: independent drift would have lost nothing, and any share is possible.
 */
export const similarityShare = (pairs: readonly Deletions<PairProducts>[]): Measured =>
  ratioOverStimuli(
    mapDeletions(deletionsOf(pairs), (products) => {
      const { similarity, independent } = similarityOver(products);
      return { numerator: similarity - independent, denominator: 1 - independent };
    }),
  );
