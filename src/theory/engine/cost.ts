import { meanSamples, noiseSamples, Orbit, stateSize, type RuleDefinition, type RuleModel } from '#model';
import { withOneSilentUnit } from './silent-units.js';

/** Most multiplications of a prediction: some minutes. */
export const MAX_OPERATIONS = 2e11;

/** Samples beyond which even listing them takes long. */
const MAX_SAMPLES = 3e5;

/**
 * About how many multiplications `predictRule` takes: m^2 / 2 second derivatives over the samples of the mean, Z m first derivatives over
 * those of the noise, one Lyapunov equation for each plane, and the eigenvalues. m is at most d, the numbers in a state.
 */
export function engineOperations<M extends RuleModel>(rule: RuleDefinition<M>, model: M): number {
  const small = withOneSilentUnit(rule, model);
  if (small) return engineOperations(rule, small.model);
  const d = stateSize(rule.arrays(model));
  const planes = new Orbit(rule, model).planes.length;
  const noisy = rule.labelNoise?.(model).size ?? 0;
  const variables = model.input.size + noisy;
  const listed =
    model.input.gaussians.length * 2 * variables ** 2 + model.input.stimuli.rows * Math.max(1, 2 * noisy ** 2);
  if (listed > MAX_SAMPLES) return listed * d * d;
  const all = noiseSamples(rule, model);
  const forMean = meanSamples(rule, model, all).length;
  // An update multiplies each number of the state by a column some four times, and its second derivative takes nine such products.
  const update = 4 * d;
  return (
    (d * d * forMean * 9 * update) / 2 +
    all.length * d * (3 * update + planes) +
    all.length * planes * d * d +
    (planes + 2) * 40 * d ** 3
  );
}
