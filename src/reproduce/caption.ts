import { DIGITS, formatNumber } from '#core';
import { modelParameters, parameterLabel, ruleParameters } from '#experiment';
import { symmetricEigen } from '#linalg';
import { secondMoment, type RuleModel } from '#model';

const numberNames = [...modelParameters, ...(Object.keys(ruleParameters) as (keyof typeof ruleParameters)[])];

type Part = (typeof numberNames)[number] | 'input';

/** The parameters of a model in words, without those that vary in a figure. */
export function describeModel(model: RuleModel, varied: readonly Part[] = []): string {
  const inputs = varied.includes('input') ? [] : [`n = ${model.input.size} inputs with variances ${variances(model)}`];
  const values = model as RuleModel & Partial<Record<Part, unknown>>;
  const numbers = numberNames
    .filter((name) => !varied.includes(name) && typeof values[name] === 'number')
    .map((name) => `${parameterLabel(name)} = ${String(values[name])}`);
  // No-break spaces keep a symbol and its value on one line.
  return [...inputs, ...numbers].join(', ').replaceAll(' = ', '\u00a0=\u00a0');
}

function variances(model: RuleModel): string {
  const { values } = symmetricEigen(secondMoment(model.input));
  const [low, high] = [Math.min(...values), Math.max(...values)].map((value) => formatNumber(value, DIGITS.label));
  return low === high ? low : `${low} to ${high}`;
}

/** `count` values from first to last, at equal distances on a logarithmic axis. */
export const logarithmic = (first: number, last: number, count: number): number[] =>
  Array.from({ length: count }, (_, k) => first * (last / first) ** (k / (count - 1)));
