import { errorColumnOf, formatEstimate } from '#core';
import { type PointHeader, type ProbeTheory, type QuantityName } from '#experiment';
import { NO_NUMBER } from './terminal.js';

/** A predicted quantity, with its standard error where the theory is sampled. */
export function predictedCell(probe: ProbeTheory, name: QuantityName): string {
  const value = probe[name];
  const errors: Readonly<Record<string, unknown>> = probe;
  const se = errors[errorColumnOf(name)];
  return value === null ? NO_NUMBER : formatEstimate({ value, se: typeof se === 'number' ? se : 0 });
}

export const sampledNote = ({ path }: PointHeader): string =>
  path === 'sampled'
    ? 'note: the exact rotation tensor is too large here; the predicted D is an average over random samples and has a standard error\n'
    : '';
