import type { AnalysisReport, TurningPrediction } from '#analyse';
import { dot, fromData, type Matrix } from '#linalg';
import type { Prediction } from '#theory';

/** |cos| between two axes of the model's code from which on they are no axes of it: its code has others. */
const MAX_COSINE = 0.5;

/**
 * Rates of turning that a model predicts for the planes of each animal. Along the pattern v_k of the stimuli the model's code is x_k = sum_i v_ki c_i
 * (c: r numbers in its modes), in unit length u_k; a rotation Ω per step turns u_l towards u_k by u_k' Ω u_l, so that the rate is
 *   E (u_k' Ω u_l)² = u_k' E[Ω u_l u_k' Ω] u_l,   rad² per step,
 * from the rotation tensor. `places` has the probe of each stimulus. At leading order in the learning rate.
 */
export function predictedTurning(
  { animals }: Pick<AnalysisReport, 'animals'>,
  prediction: Prediction,
  places: readonly number[],
  stepsPerUnit: number,
): readonly TurningPrediction[] {
  const why = whyUnknown(prediction);
  const codes = places.map((place) => prediction.probes[place].representation);
  return animals.flatMap(({ name: animal, turning: { planes, dimensions } }): TurningPrediction[] => {
    if (planes.length === 0) return [];
    const axes = dimensions.filter(({ isValidated }) => isValidated).map(({ weights }) => unitAxis(weights, codes));
    const rates = planes.map(({ dimensions: [k, l] }) => {
      const [one, two] = [axes[k - 1], axes[l - 1]];
      if (why !== null || !one || !two || Math.abs(dot(one, two)) > MAX_COSINE) return null;
      return stepsPerUnit * rateOf(prediction, one, two);
    });
    const known = rates.filter((rate) => rate !== null);
    const missing = rates.length - known.length;
    return [
      {
        animal,
        statement:
          why ??
          (missing === 0 ? null : `in ${missing} of ${rates.length} planes the code of the model has no such axes`),
        planes: planes.map(({ dimensions: own }, p) => ({ dimensions: own, rate: rates[p] })),
        rate: missing > 0 ? null : known.reduce((sum, rate) => sum + rate, 0) / known.length,
      },
    ];
  });
}

/** Why no plane of a model can be compared; null where they can. */
function whyUnknown({ drift, isCondensed, probes }: Prediction): string | null {
  if (isCondensed) return 'the theory knows what turns in all of many silent units, but no single plane';
  const rank = probes[0].representation.length;
  const isStill = drift.diffusion.planeVariances().every((variance) => variance === 0);
  return rank < 2 || isStill ? 'the model has no planes in which its code turns' : null;
}

/** Null where the model does not represent the pattern. */
function unitAxis(weights: readonly number[], codes: readonly Float64Array[]): Float64Array | null {
  const axis = codes[0].map((_, a) => weights.reduce((sum, weight, i) => sum + weight * codes[i][a], 0));
  const whole = codes.reduce((sum, code) => sum + dot(code, code), 0);
  const square = dot(axis, axis);
  return square > 1e-12 * whole ? axis.map((value) => value / Math.sqrt(square)) : null;
}

function rateOf({ drift }: Prediction, one: Float64Array, two: Float64Array): number {
  const rank = one.length;
  const outer: Matrix = fromData(
    rank,
    rank,
    Float64Array.from({ length: rank * rank }, (_, at) => two[Math.floor(at / rank)] * one[at % rank]),
  );
  const { data } = drift.diffusion.rotateBothSides(outer);
  let sum = 0;
  for (let a = 0; a < rank; a++) for (let b = 0; b < rank; b++) sum += one[a] * data[a * rank + b] * two[b];
  return sum;
}
