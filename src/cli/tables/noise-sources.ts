import { formatEstimate, formatNumber, MISSING, type Estimate } from '#core';
import type { DecompositionRecord, NoiseSourceRecord } from '#experiment';
import { terminalTable } from './terminal.js';

const HEAD = ['learning\nnoise', 'synaptic\nnoise', 'both'];

/** Which noise makes the drift in theory, and how each part scales. */
export function noiseSourcesTable(
  { diffusion, synapticShare, anisotropy, scaling }: NoiseSourceRecord,
  width: number | undefined,
): string {
  const parts = terminalTable(['D by source', ...HEAD], { width });
  const row = (name: string, { learning, synaptic, both }: ByNoise): void => {
    parts.push([name, ...[learning, synaptic, both].map(cell)]);
  };
  row('mean D of the probes, per step', diffusion);
  row('share of it', {
    learning: rest(synapticShare),
    synaptic: synapticShare,
    both: synapticShare === null ? null : 1,
  });
  row('largest / smallest eigenvalue of Cov(omega)', anisotropy);
  const exponents = terminalTable(['d log D / d log of', 'at', ...HEAD], { width, keys: 2 });
  for (const { parameter, value, next, learning, synaptic, both } of scaling) {
    exponents.push([
      parameter,
      next === null ? formatNumber(value) : `${value} to ${next}`,
      ...[learning, synaptic, both].map(exponentCell),
    ]);
  }
  return `${parts.toString()}\n${exponents.toString()}\n`;
}

interface ByNoise {
  readonly learning: number | null;
  readonly synaptic: number | null;
  readonly both: number | null;
}

const rest = (share: number | null): number | null => (share === null ? null : 1 - share);

const cell = (value: number | null): string => (value === null ? MISSING : formatNumber(value));

/** Exponents are differences of logarithms: beyond the third decimal they are those of a finite distance. */
const exponentCell = (value: number | null): string => {
  if (value === null) return MISSING;
  const text = value.toFixed(3);
  return Number(text) === 0 ? '0' : text.replace(/\.?0+$/, '');
};

/** D with each noise alone beside D with both, theory and simulation; of probes from 1 on unless they have other numbers. */
export function decompositionTable(
  { parameters, probes }: DecompositionRecord,
  width: number | undefined,
  probeNumbers: readonly number[] = probes.map((_, k) => k + 1),
): string {
  const head = ['probe', '', ...HEAD.slice(0, 2), 'sum of\nthe two', 'both', 'share of\nsynaptic noise'];
  const table = terminalTable(head, { width, keys: 2 });
  probes.forEach(({ learning, synaptic, sum, both }, k) => {
    const columns = [learning, synaptic, sum, both];
    const share = synaptic.theory === null || !sum.theory ? null : synaptic.theory / sum.theory;
    table.push([String(probeNumbers[k]), 'theory', ...columns.map(({ theory }) => cell(theory)), cell(share)]);
    table.push([
      '',
      'simulation',
      ...columns.map(({ simulation }) => formatEstimate(simulation)),
      shareCell(learning.simulation, synaptic.simulation),
    ]);
  });
  const rate = parameters.learningRate;
  return `diffusion by source${typeof rate === 'number' ? ` at learning rate ${formatNumber(rate)}` : ''}: each noise alone, and both\n${table.toString()}\n`;
}

/** s / (l + s) of two independent estimates. */
function shareCell(l: Estimate, s: Estimate): string {
  const sum = l.value + s.value;
  if (!(sum > 0)) return MISSING;
  return formatEstimate({ value: s.value / sum, se: Math.hypot(l.value * s.se, s.value * l.se) / (sum * sum) });
}
