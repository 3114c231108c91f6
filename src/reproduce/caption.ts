import { formatNumber } from '#core';
import { modelParameters, parameterLabel } from '#experiment';
import { symmetricEigen } from '#linalg';
import { secondMoment, type Model } from '#model';

type Part = (typeof modelParameters)[number] | 'input';

/** The parameters of a model in words, but for those that a figure varies. */
export function describeModel(model: Model, varied: readonly Part[] = []): string {
  const inputs = varied.includes('input') ? [] : [`n = ${model.target.cols} inputs with variances ${variances(model)}`];
  const numbers = modelParameters
    .filter((name) => !varied.includes(name))
    .map((name) => `${parameterLabel(name)} = ${model[name]}`);
  // A symbol and its value stay on one line.
  return [...inputs, ...numbers].join(', ').replaceAll(' = ', '\u00a0=\u00a0');
}

function variances(model: Model): string {
  const { values } = symmetricEigen(secondMoment(model.input));
  const [low, high] = [Math.min(...values), Math.max(...values)].map((value) => formatNumber(value, 3));
  return low === high ? low : `${low} to ${high}`;
}

/** `count` values from first to last, evenly on a logarithmic axis. */
export const logarithmic = (first: number, last: number, count: number): number[] =>
  Array.from({ length: count }, (_, k) => first * (last / first) ** (k / (count - 1)));
