import { InvalidInputError } from '#core';
import type { ResultRow } from './columns.js';
import { parameterLabel } from './parameters.js';
import { quantityLabel, quantityOf, type LossName, type QuantityName } from './quantities.js';

/** What a figure over the probes of one point is drawn from. */
export interface ProbesFigure {
  readonly kind: 'probes';
  readonly rows: readonly ResultRow[];
  readonly quantities: readonly { readonly name: string; readonly label: string; readonly symbol: string }[];
}

/** What a figure over swept parameters is drawn from. */
export interface SweepFigure {
  readonly kind: 'sweep';
  readonly rows: readonly ResultRow[];
  readonly axes: readonly { readonly name: string; readonly label: string; readonly values: readonly number[] }[];
  readonly quantity: { readonly name: string; readonly label: string };
}

/** The table of a figure of quantities over the probes, from the rows of one point; D and F unless given. */
export function probesTable(
  rows: readonly ResultRow[],
  quantities: readonly QuantityName[] = ['diffusion', 'fluctuation'],
): ProbesFigure {
  return {
    kind: 'probes',
    rows: [...rows].sort((a, b) => Number(a.probe) - Number(b.probe)),
    quantities: quantities.map((name) => ({ name, label: quantityLabel(name), symbol: quantityOf(name).symbol })),
  };
}

/**
 * The table of a figure of one quantity over one or two swept parameters (names of columns), from the rows of their points: of up to 7
 * probes over one parameter, of one over two. Throws InvalidInputError for a parameter that the rows lack or that is no number.
 */
export function sweepTable(
  rows: readonly ResultRow[],
  over: readonly string[],
  quantity: QuantityName | LossName = 'diffusion',
): SweepFigure {
  const axes = over.map((name) => {
    const wrong = rows.find((row) => typeof row[name] !== 'number');
    if (wrong) throw new InvalidInputError(`${name}: found ${String(wrong[name])} in a row, expected numbers`);
    return { name, label: parameterLabel(name), values: [...new Set(rows.map((row) => Number(row[name])))] };
  });
  return { kind: 'sweep', rows, axes, quantity: { name: quantity, label: quantityLabel(quantity) } };
}
