import { secondMoment, type Model } from '#model';
import { symmetricEigen } from '#linalg';

type Part = 'learningRate' | 'weightDecay' | 'labelNoiseVariance' | 'hiddenUnits' | 'input';

/** The parameters of a model in words, but for those that a figure varies. */
export function describeModel(model: Model, varied: readonly Part[] = []): string {
  const texts: Record<Part, string> = {
    hiddenUnits: `p = ${model.hiddenUnits} hidden units`,
    input: `n = ${model.target.cols} inputs with variances ${variances(model)}`,
    learningRate: `learning rate η = ${model.learningRate}`,
    weightDecay: `weight decay γ = ${model.weightDecay}`,
    labelNoiseVariance: `label noise σ² = ${model.labelNoiseVariance}`,
  };
  const parts = (Object.keys(texts) as Part[]).filter((part) => !varied.includes(part)).map((part) => texts[part]);
  // A symbol and its value stay on one line.
  return `${parts.join(', ')}, batch size ${model.batchSize}`.replaceAll(' = ', '\u00a0=\u00a0');
}

function variances(model: Model): string {
  const { values } = symmetricEigen(secondMoment(model.input));
  const [low, high] = [Math.min(...values), Math.max(...values)].map((value) => String(Number(value.toPrecision(3))));
  return low === high ? low : `${low} to ${high}`;
}

/** `count` values from first to last, evenly on a logarithmic axis. */
export const logarithmic = (first: number, last: number, count: number): number[] =>
  Array.from({ length: count }, (_, k) => first * (last / first) ** (k / (count - 1)));

export const compact = (value: number): string => String(Number(value.toPrecision(3)));

/** A count with its thousands apart. */
export const grouped = (count: number): string => count.toLocaleString('en-US');
