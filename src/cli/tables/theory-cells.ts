import { formatEstimate, formatNumber, MISSING } from '#core';
import {
  plainSymbol,
  quantityNames,
  theoryErrorOf,
  type PointHeader,
  type ProbeTheory,
  type QuantityName,
  type TheoryRecord,
} from '#experiment';

/** A predicted quantity, with its standard error where the theory is sampled. */
export function predictedCell(probe: ProbeTheory, name: QuantityName): string {
  const value = probe[name];
  return value === null ? MISSING : formatEstimate({ value, se: theoryErrorOf(probe, name) });
}

/** An error as large as the value: the leading order predicts nothing. */
const USELESS = 1;

export const isUseless = (probe: TheoryRecord['probes'][number], name: QuantityName): boolean =>
  Boolean(probe[name]) && probe.learningRateError[name] >= USELESS;

/** A predicted quantity with what the learning rate is expected to put it off, or a dash where that is all of it. */
export function estimatedCell(probe: TheoryRecord['probes'][number], name: QuantityName): string {
  const error = probe.learningRateError[name];
  if (!probe[name] || !(error > 0)) return predictedCell(probe, name);
  return isUseless(probe, name) ? MISSING : `${predictedCell(probe, name)} ±${percent(error)}`;
}

/** With two digits, to a hundredth of a percent. */
export const percent = (error: number): string => (error < 1e-4 ? '<0.01%' : `${formatNumber(100 * error, 2)}%`);

/** Says why there is no prediction, quantity by quantity. */
export function uselessNotes({ path, probes }: TheoryRecord): string {
  return quantityNames
    .flatMap((name) => {
      const useless = probes.flatMap((probe, k) => (isUseless(probe, name) ? [k] : []));
      if (useless.length === 0) return [];
      const errors = useless.map((k) => probes[k].learningRateError[name]);
      return [
        `no prediction: the leading order of ${plainSymbol(name)} of probe ${useless.map((k) => k + 1).join(', ')} is expected to be off by ` +
          `${percent(Math.max(...errors))} at this learning rate: lower it${path === 'rule' ? '' : ', or see --order next'}\n`,
      ];
    })
    .join('');
}

export const sampledNote = ({ path }: PointHeader): string =>
  path === 'sampled'
    ? 'note: the exact rotation tensor is too large here; the predicted D is an average over random samples and has a standard error\n'
    : '';
