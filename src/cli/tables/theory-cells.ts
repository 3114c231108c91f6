import { formatEstimate, formatNumber, MISSING } from '#core';
import { listed } from './terminal.js';
import {
  plainSymbol,
  quantityNames,
  theoryErrorOf,
  type PerQuantity,
  type PointHeader,
  type ProbeTheory,
  type QuantityName,
} from '#experiment';

/** A predicted quantity, with its standard error where the theory is sampled. */
function predictedCell(probe: ProbeTheory<null>, name: QuantityName): string {
  const value = probe[name];
  return value === null ? MISSING : formatEstimate({ value, se: theoryErrorOf(probe, name) });
}

/** What the learning rate is expected to put a probe off; nothing where the theory makes no prediction. */
interface Estimated {
  readonly learningRateError?: PerQuantity<number> | null;
}

/** An error as large as the value: the leading order says no more than the order of magnitude. */
const USELESS = 1;

const errorOf = ({ learningRateError }: Estimated, name: QuantityName): number => learningRateError?.[name] ?? 0;

export const isUseless = (probe: ProbeTheory<null> & Estimated, name: QuantityName): boolean =>
  Boolean(probe[name]) && errorOf(probe, name) >= USELESS;

/** A predicted quantity, in parentheses where the learning rate is expected to put it off by more than itself. */
export const markedCell = (probe: ProbeTheory<null> & Estimated, name: QuantityName): string =>
  isUseless(probe, name) ? `(${predictedCell(probe, name)})` : predictedCell(probe, name);

/** The same with what the learning rate is expected to put it off. */
export function estimatedCell(probe: ProbeTheory & Estimated, name: QuantityName): string {
  const error = errorOf(probe, name);
  return probe[name] && error > 0 ? `${markedCell(probe, name)} ±${percent(error)}` : predictedCell(probe, name);
}

/** With two digits, to a hundredth of a percent. */
export const percent = (error: number): string => (error < 1e-4 ? '<0.01%' : `${formatNumber(100 * error, 2)}%`);

/** The error at which a lower learning rate is suggested. */
const WANTED_ERROR = 0.3;

interface Noted extends Pick<PointHeader<null>, 'parameters'> {
  readonly probes: readonly (ProbeTheory<null> & Estimated & { readonly nextOrder?: object })[];
}

/**
 * Says of the numbers in parentheses how far off they are expected to be, quantity by quantity, and at which learning rate they would
 * not be: the error is linear in it. `hasNextOrder`: the next order can be asked for, if it is not there already.
 */
export function uselessNotes({ parameters: { learningRate }, probes }: Noted, hasNextOrder = false): string[] {
  const advice = hasNextOrder && !probes.some(({ nextOrder }) => nextOrder) ? '; or see --order next' : '';
  return quantityNames.flatMap((name) => {
    const useless = probes.flatMap((probe, k) => (isUseless(probe, name) ? [k] : []));
    if (useless.length === 0) return [];
    const worst = Math.max(...useless.map((k) => errorOf(probes[k], name)));
    const lower =
      typeof learningRate === 'number' ? `, about ${percent(WANTED_ERROR)} at ${lowered(learningRate, worst)}` : '';
    return [
      `in parentheses: the leading order of ${plainSymbol(name)} of probe ${listed(useless.map((k) => k + 1))} is expected to be off by ` +
        `${percent(worst)} at this learning rate${lower}${advice}`,
    ];
  });
}

/** The learning rate at which an error is the wanted one, down to one digit. */
function lowered(learningRate: number, error: number): number {
  const [digits, power] = ((learningRate * WANTED_ERROR) / error).toExponential().split('e');
  return Number(`${Math.floor(Number(digits))}e${power}`);
}

export const sampledNote = ({ path }: PointHeader<null>): string =>
  path === 'sampled'
    ? 'note: the exact rotation tensor is too large here; the predicted D is an average over random samples and has a standard error\n'
    : '';
