import { DIGITS, formatNumber } from '#core';
import { modelParameters, parameterLabel } from '#experiment';
import { symmetricEigen } from '#linalg';
import { secondMoment, twoLayerModel, type Model, type RuleModel } from '#model';

type Part = (typeof modelParameters)[number] | 'input';

/** The parameters of a model in words, without those that vary in a figure. */
export function describeModel(of: RuleModel, varied: readonly Part[] = []): string {
  const model = twoLayerModel(of);
  const inputs = varied.includes('input') ? [] : [`n = ${model.target.cols} inputs with variances ${variances(model)}`];
  const numbers = modelParameters
    .filter((name) => !varied.includes(name))
    .map((name) => `${parameterLabel(name)} = ${model[name]}`);
  // No-break spaces keep a symbol and its value on one line.
  return [...inputs, ...numbers].join(', ').replaceAll(' = ', '\u00a0=\u00a0');
}

function variances(model: Model): string {
  const { values } = symmetricEigen(secondMoment(model.input));
  const [low, high] = [Math.min(...values), Math.max(...values)].map((value) => formatNumber(value, DIGITS.label));
  return low === high ? low : `${low} to ${high}`;
}

/** `count` values from first to last, at equal distances on a logarithmic axis. */
export const logarithmic = (first: number, last: number, count: number): number[] =>
  Array.from({ length: count }, (_, k) => first * (last / first) ** (k / (count - 1)));
