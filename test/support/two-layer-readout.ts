import { identity, zeros, type Matrix } from '#linalg';
import { gaussianPart, inputDistribution, readoutOf, type Loss, type StateReadout } from '#model';

/**
 * The readout of two-layer networks of `units` hidden units (states [Theta]) relative to a reference point Theta* (r x (n+m)),
 * with losses that are given.
 */
export function twoLayerReadout(
  units: number,
  stimuli: Matrix,
  referencePoint: Matrix,
  losses: () => Loss,
): StateReadout {
  const n = stimuli.cols;
  const model = {
    hiddenUnits: units,
    target: zeros(referencePoint.cols - n, n),
    input: inputDistribution(n, [gaussianPart(1, identity(n))], []),
    learningRate: 0.1,
    weightDecay: 0,
    labelNoiseVariance: 0,
    batchSize: 1,
  };
  return { ...readoutOf(model, units, stimuli, { referencePoint: [referencePoint] }), losses };
}
