import { arcCosine } from '../codes/elementary.js';
import { correlation, finiteMean, type View } from './views.js';

/** A measure between two views of a population, in common use. */
interface ViewMeasure {
  readonly name: string;
  readonly label: string;
  readonly reference: string;
  readonly of: (a: View, b: View) => number;
}

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, k) => k);

/** Mean over stimuli of the correlation over neurons of the two population vectors. */
function populationVector(a: View, b: View): number {
  const { stimuli, neurons } = a;
  return finiteMean(
    range(stimuli).map((i) =>
      correlation(
        neurons,
        (n) => a.mean[i * neurons + n],
        (n) => b.mean[i * neurons + n],
      ),
    ),
  );
}

/** Correlation over neurons of mean activities, over all stimuli. */
function ensembleRate(a: View, b: View): number {
  const rate = ({ mean, stimuli, neurons }: View, n: number): number => {
    let sum = 0;
    for (let i = 0; i < stimuli; i++) sum += mean[i * neurons + n];
    return sum / stimuli;
  };
  return correlation(
    a.neurons,
    (n) => rate(a, n),
    (n) => rate(b, n),
  );
}

/** Mean over neurons of the correlation over stimuli of the two tuning curves. */
function tuningCurve(a: View, b: View): number {
  const { stimuli, neurons } = a;
  return finiteMean(
    range(neurons).map((n) =>
      correlation(
        stimuli,
        (i) => a.mean[i * neurons + n],
        (i) => b.mean[i * neurons + n],
      ),
    ),
  );
}

/** Mean over stimuli of the angle between population vectors, in degrees. */
function angle(a: View, b: View): number {
  const { stimuli, neurons } = a;
  return finiteMean(
    range(stimuli).map((i) => {
      let [aa, bb, ab] = [0, 0, 0];
      for (let n = 0; n < neurons; n++) {
        const [x, y] = [a.mean[i * neurons + n], b.mean[i * neurons + n]];
        if (Number.isNaN(x + y)) continue;
        aa += x * x;
        bb += y * y;
        ab += x * y;
      }
      return aa > 0 && bb > 0 ? (arcCosine(Math.max(-1, Math.min(1, ab / Math.sqrt(aa * bb)))) * 180) / Math.PI : NaN;
    }),
  );
}

/** Share of the neurons that are active in one of two views among those active in either; active: a positive mean for some stimulus. */
function turnover(a: View, b: View): number {
  const { stimuli, neurons } = a;
  let [either, both] = [0, 0];
  for (let n = 0; n < neurons; n++) {
    if (Number.isNaN(a.mean[n] + b.mean[n])) continue;
    const active = ({ mean }: View): boolean => range(stimuli).some((i) => mean[i * neurons + n] > 0);
    const [first, second] = [active(a), active(b)];
    if (first || second) either++;
    if (first && second) both++;
  }
  return 1 - both / either;
}

export const measures: readonly ViewMeasure[] = [
  {
    name: 'populationVectorCorrelation',
    label: 'population vector correlation',
    reference: 'ziv2013',
    of: populationVector,
  },
  { name: 'ensembleRateCorrelation', label: 'ensemble rate correlation', reference: 'deitch2021', of: ensembleRate },
  { name: 'tuningCurveCorrelation', label: 'tuning curve correlation', reference: 'deitch2021', of: tuningCurve },
  { name: 'angle', label: 'angle between population vectors (degrees)', reference: 'schoonover2021', of: angle },
  { name: 'turnover', label: 'turnover of active cells', reference: 'ziv2013', of: turnover },
];
