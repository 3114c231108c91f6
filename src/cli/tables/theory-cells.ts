import { formatEstimate, MISSING } from '#core';
import { theoryErrorOf, type PointHeader, type ProbeTheory, type QuantityName } from '#experiment';

/** A predicted quantity, with its standard error where the theory is sampled. */
export function predictedCell(probe: ProbeTheory, name: QuantityName): string {
  const value = probe[name];
  return value === null ? MISSING : formatEstimate({ value, se: theoryErrorOf(probe, name) });
}

export const sampledNote = ({ path }: PointHeader): string =>
  path === 'sampled'
    ? 'note: the exact rotation tensor is too large here; the predicted D is an average over random samples and has a standard error\n'
    : '';
