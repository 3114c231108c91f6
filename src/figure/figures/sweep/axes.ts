import { columnNames } from '#core';
import { domainOf, type Axis } from '../../drawing/axis.js';
import { placeOf, zeroBelow } from '../../drawing/zero.js';
import { parameterScale, scaleOf } from './scales.js';
import type { SweepTable, SweptAxis } from './table.js';

/** Number of swept values up to which each has a label; an axis of more, or of others than round ones, has round numbers. */
const MAX_LABELLED = 8;

/** What a caption says of axes that are broken. */
export function breakNote(x: Axis, y: Axis): string {
  const places = [...(x.zero ? ['left of'] : []), ...(y.zero ? ['below'] : [])];
  return places.length === 0 ? '' : ` 0 is ${places.join(' and ')} the break of the axis.`;
}

/** One or two digits, or three that end with 5, but for the last bits: 0.02, 1.5, 0.125, not 0.0342. */
function isRound(value: number): boolean {
  const [mantissa] = Number(value.toPrecision(12)).toExponential().split('e');
  const digits = mantissa.replace(/[-.]/g, '');
  return digits.length <= 2 || (digits.length === 3 && digits.endsWith('5'));
}

const isAbove0 = (value: number): boolean => value > 0;

/** The axis of the swept parameter. 0 on a logarithmic one is at its left end, behind a break. */
export function parameterAxis({ values, label }: SweptAxis, scales: SweepTable['scales']): Axis {
  const scale = scales?.x ?? parameterScale(values);
  const zero = scale === 'log' && values.includes(0) ? zeroBelow(values.filter(isAbove0)) : undefined;
  const places = values.map((value) => placeOf({ zero }, value));
  return {
    label,
    scale,
    domain: domainOf(scale, places),
    ...(zero ? { zero } : {}),
    ...(values.length <= MAX_LABELLED && values.every(isRound)
      ? { values: values.filter((value) => !zero || value > 0) }
      : {}),
  };
}

/** The axis of the quantity, by what the theory predicts. 0 on a logarithmic one is at its lower end, below a break. */
export function quantityAxis({
  rows,
  quantity,
  theory = [],
  scales,
}: Pick<SweepTable, 'rows' | 'quantity' | 'theory' | 'scales'>): Axis {
  const { label, name } = quantity;
  const columns = columnNames(name);
  const numbers = (all: SweepTable['rows'], column: string): number[] =>
    all.flatMap((row) => (typeof row[column] === 'number' ? [row[column]] : []));
  const predicted = numbers(rows, columns.theory);
  const scale = scales?.y ?? scaleOf(predicted, 10);
  const all = [...predicted, ...numbers(theory, columns.theory)];
  if (scale !== 'log' || !all.includes(0)) return { label, scale };
  const measured = numbers(rows, columns.simulation);
  const positive = all.some(isAbove0) ? all.filter(isAbove0) : measured.filter(isAbove0);
  const zero = zeroBelow(positive);
  return {
    label,
    scale,
    domain: domainOf('log', [zero.at, ...positive, Math.max(...measured, zero.at)]),
    zero,
  };
}
