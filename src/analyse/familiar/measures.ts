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
const populationVector = (a: View, b: View): number =>
  finiteMean(range(a.stimuli).map((i) => correlation(a.mean, b.mean, { start: i * a.neurons, count: a.neurons })));

/** Correlation over neurons of mean activities, over all stimuli. */
function ensembleRate(a: View, b: View): number {
  const rates = ({ mean, stimuli, neurons }: View): Float64Array => {
    const sums = new Float64Array(neurons);
    for (let i = 0, c = 0; i < stimuli; i++) for (let n = 0; n < neurons; n++, c++) sums[n] += mean[c];
    return sums.map((sum) => sum / stimuli);
  };
  return correlation(rates(a), rates(b), { count: a.neurons });
}

/** Mean over neurons of the correlation over stimuli of the two tuning curves. */
function tuningCurve({ stimuli, neurons, mean: first }: View, { mean: second }: View): number {
  // Stimulus by stimulus, as the values lie in memory.
  const sums = (): Float64Array => new Float64Array(neurons);
  const [count, sa, sb, aa, bb, ab] = [sums(), sums(), sums(), sums(), sums(), sums()];
  for (let i = 0, c = 0; i < stimuli; i++) {
    for (let n = 0; n < neurons; n++, c++) {
      if (Number.isNaN(first[c] + second[c])) continue;
      count[n]++;
      sa[n] += first[c];
      sb[n] += second[c];
    }
  }
  for (let i = 0, c = 0; i < stimuli; i++) {
    for (let n = 0; n < neurons; n++, c++) {
      const x = first[c] - sa[n] / count[n];
      const y = second[c] - sb[n] / count[n];
      if (Number.isNaN(x + y)) continue;
      aa[n] += x * x;
      bb[n] += y * y;
      ab[n] += x * y;
    }
  }
  return finiteMean(
    range(neurons).map((n) => (count[n] < 3 || !(aa[n] > 0 && bb[n] > 0) ? NaN : ab[n] / Math.sqrt(aa[n] * bb[n]))),
  );
}

/** Mean over stimuli of the angle between population vectors, in degrees. */
const angle = (a: View, b: View): number =>
  finiteMean(
    range(a.stimuli).map((i) => {
      let [aa, bb, ab] = [0, 0, 0];
      for (let c = i * a.neurons; c < (i + 1) * a.neurons; c++) {
        const x = a.mean[c];
        const y = b.mean[c];
        if (Number.isNaN(x + y)) continue;
        aa += x * x;
        bb += y * y;
        ab += x * y;
      }
      return aa > 0 && bb > 0 ? (arcCosine(Math.max(-1, Math.min(1, ab / Math.sqrt(aa * bb)))) * 180) / Math.PI : NaN;
    }),
  );

/** Share of the neurons that are active in one of two views among those active in either; active: a positive mean for some stimulus. */
function turnover(a: View, b: View): number {
  const { neurons } = a;
  let [either, both] = [0, 0];
  for (let n = 0; n < neurons; n++) {
    if (Number.isNaN(a.mean[n] + b.mean[n])) continue;
    const [first, second] = [isActive(a, n), isActive(b, n)];
    if (first || second) either++;
    if (first && second) both++;
  }
  return 1 - both / either;
}

function isActive({ mean, neurons }: View, neuron: number): boolean {
  for (let c = neuron; c < mean.length; c += neurons) if (mean[c] > 0) return true;
  return false;
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
