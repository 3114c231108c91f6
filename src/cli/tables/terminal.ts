import { DIGITS, formatNumber } from '#core';
import type { PointHeader } from '#experiment';
import Table from 'cli-table3';

/** A table for a terminal: the first column to the left, numbers to the right. */
export const terminalTable = (head: string[]): Table.Table =>
  new Table({
    head,
    style: { head: [], border: [], compact: true },
    colAligns: head.map((_, i) => (i === 0 ? 'left' : 'right')),
  });

/** A probe by its number and its first coordinates, `2 (0.5, 1, 0, …)`; a unit vector by its axis, `4 (axis 4)`. */
export function probeLabel({ stimulus }: { readonly stimulus: readonly number[] }, k: number): string {
  const axis = stimulus.indexOf(1);
  if (axis >= 0 && stimulus.every((value, i) => value === (i === axis ? 1 : 0))) return `${k + 1} (axis ${axis + 1})`;
  const shown = stimulus.slice(0, 3).map((value) => formatNumber(value, DIGITS.label));
  return `${k + 1} (${shown.join(', ')}${stimulus.length > 3 ? ', …' : ''})`;
}

/** The two lines above the table of a point. */
export function heading(name: string, point: PointHeader): string {
  return `${name}: ${describeParameters(point.parameters)}\n${describeModes(point)}`;
}

export const describeParameters = (parameters: Readonly<Record<string, unknown>>): string =>
  Object.entries(parameters)
    .map(([key, value]) => `${key} ${JSON.stringify(value)}`)
    .join(', ');

function describeModes({ path, singularValues, rotationDiffusionEigenvalues: rotations }: PointHeader): string {
  const modes = `${singularValues.length} learned modes, singular values ${range(singularValues)}`;
  if (path === 'sampled') return `${modes}; rotation diffusion sampled`;
  const rotation = rotations.length === 0 ? 'none (one mode does not rotate)' : `${range(rotations)} rad^2 per step`;
  return `${modes}; rotation diffusion ${rotation}`;
}

export function range(values: readonly number[]): string {
  const extreme = (pick: (a: number, b: number) => number): string => formatNumber(values.reduce((a, b) => pick(a, b)));
  const [low, high] = [extreme(Math.min), extreme(Math.max)];
  return low === high ? low : `${low} to ${high}`;
}
