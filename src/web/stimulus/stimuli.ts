import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Picture } from './picture.js';

/** How the probes of the point that is shown are named and pictured. */
export interface Stimuli {
  /** What tables and axes call each. */
  readonly names: readonly string[];
  /** null where they have no pictures. */
  readonly pictures: readonly Picture[] | null;
}

export const StimuliContext = createContext<Stimuli>({ names: [], pictures: null });

/** The names and pictures of the probes, from the nearest `StimuliProvider`. */
export const useStimuli = (): Stimuli => useContext(StimuliContext);

/** The labels of the probes, or their numbers. */
export const namesOf = (probes: readonly { readonly label?: string | undefined }[]): string[] =>
  probes.map(({ label }, k) => label ?? `probe ${k + 1}`);

/** A name within a sentence: a number or letter alone stands in quotation marks. */
export const quoted = (name: string): string => (name.length < 3 ? `“${name}”` : name);
