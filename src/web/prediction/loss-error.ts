import { isTwoLayer, type RuleModel } from '#model';
import type { Prediction } from '#theory';

/**
 * How far the learning rate is expected to put the task loss off. What it has above its minimum is made by the displacements that F measures: it
 * is taken to be off, relatively, by as much as the F that is off most. null for other rules than two-layer SGD.
 */
export function lossErrorOf(
  model: RuleModel,
  {
    regularizedLossWithoutLabelNoise,
    singularValues,
    loss,
    probes,
  }: Pick<Prediction, 'regularizedLossWithoutLabelNoise' | 'singularValues' | 'loss' | 'probes'>,
): number | null {
  if (!isTwoLayer(model)) return null;
  const nuclearNorm = singularValues.reduce((sum, value) => sum + value, 0);
  const labelNoise = (model.target.rows * model.labelNoiseVariance) / 2;
  const minimum = regularizedLossWithoutLabelNoise - model.weightDecay * nuclearNorm + labelNoise;
  const relative = Math.max(...probes.map(({ learningRateError }) => learningRateError.fluctuation));
  return relative * Math.abs(loss.task - minimum);
}
