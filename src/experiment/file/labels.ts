import { InvalidInputError } from '#core';
import type { ExperimentSpec } from './schema.js';

type ProbesSpec = ExperimentSpec['probes'];
type SweepEntry = NonNullable<ExperimentSpec['sweep']>[string];

/** What the file calls its `count` probes, null for those without a label; undefined where none has one. */
export function probeLabels(spec: ProbesSpec, count: number): readonly (string | null)[] | undefined {
  if (typeof spec === 'string') return undefined;
  if (Array.isArray(spec)) {
    const labels = spec.map((probe) => (Array.isArray(probe) ? null : probe.label));
    return labels.some((label) => label !== null) ? labels : undefined;
  }
  const { labels } = spec;
  if (labels === undefined || labels.length === count) return labels;
  throw new InvalidInputError(`found ${labels.length} labels, expected ${count}: one for each probe`, [
    'probes',
    'labels',
  ]);
}

/** The stimuli of a list of probes, with labels or without. */
export const stimuliOf = (spec: Extract<ProbesSpec, readonly unknown[]>): number[][] =>
  spec.map((probe) => (Array.isArray(probe) ? probe : probe.stimulus));

/** The values of a swept key, with a label or without. */
export const sweptValues = (entry: SweepEntry): readonly unknown[] => (Array.isArray(entry) ? entry : entry.values);

export const sweptLabel = (entry: SweepEntry): string | undefined => (Array.isArray(entry) ? undefined : entry.label);
