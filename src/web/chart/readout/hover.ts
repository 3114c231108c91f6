// The place that is read in one chart and shown in all of them, and in the table of the probes.
import { useEffect, useState } from 'preact/hooks';
import type { AxisKind } from '../scales.js';

export interface Hover {
  /** The chart where it is read; null for a table. */
  readonly source: Element | null;
  /** What is read, by its series in that chart. */
  readonly series: number | null;
  /** The probe that it is of, from 0; null where it is of all. */
  readonly probe: number | null;
  /** A value of an axis of this kind. */
  readonly kind: AxisKind | undefined;
  readonly at: number;
}

let current: Hover | null = null;
const listeners = new Set<() => void>();

export const hovered = (): Hover | null => current;

export function setHover(hover: Hover | null): void {
  current = hover;
  for (const listener of [...listeners]) listener();
}

/** Calls a function at every change, until the one that it returns is called. */
export function onHover(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export function useHover(): Hover | null {
  const [hover, set] = useState(hovered);
  useEffect(
    () =>
      onHover(() => {
        set(hovered());
      }),
    [],
  );
  return hover;
}
