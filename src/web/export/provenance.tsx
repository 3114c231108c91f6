import { createContext, type ComponentChildren } from 'preact';
import { useContext, useMemo, useRef } from 'preact/hooks';
import type { Lab } from '../lab/lab.js';
import { fileName, type Provenance } from './names.js';

declare const MEANDER_VERSION: string;

const ProvenanceContext = createContext<() => Provenance | null>(() => null);

/** Says where what the page shows comes from, at the time of asking; null outside a `ProvenanceProvider`. */
export const useProvenance = (): (() => Provenance | null) => useContext(ProvenanceContext);

interface ProviderProps {
  readonly lab: Lab;
  readonly children: ComponentChildren;
}

/** Lets the views inside say where their figures come from. */
export function ProvenanceProvider({ lab, children }: ProviderProps): ComponentChildren {
  const latest = useRef(lab);
  latest.current = lab;
  const ask = useMemo(() => () => provenanceOf(latest.current), []);
  return <ProvenanceContext.Provider value={ask}>{children}</ProvenanceContext.Provider>;
}

/** Of the point that the lab shows; null where there is none. */
export function provenanceOf(lab: Lab): Provenance | null {
  const { point } = lab.state;
  return (
    point && {
      nameOf: (what) => fileName(point.name, point.task.seed, what),
      software: `Meander ${MEANDER_VERSION}`,
      link: linkOf(lab),
      experiment: lab.experimentFile(),
    }
  );
}

/** A link to what the lab shows. */
export const linkOf = (lab: Lab): string => `${location.origin}${location.pathname}#${lab.hash}`;
