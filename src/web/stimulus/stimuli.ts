import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Picture } from './picture.js';

/** How the probes of the point that is shown are named and pictured. */
export interface Stimuli {
  /** What tables and axes call each. */
  readonly names: readonly string[];
  /** The word that all names begin with, and the names without it. */
  readonly word: string;
  readonly short: readonly string[];
  /** null where they have no pictures. */
  readonly pictures: readonly Picture[] | null;
}

export const StimuliContext = createContext<Stimuli>({ names: [], word: 'probe', short: [], pictures: null });

/** The names and pictures of the probes, from the nearest `StimuliProvider`. */
export const useStimuli = (): Stimuli => useContext(StimuliContext);

/** The labels of the probes, or their numbers. */
export const namesOf = (probes: readonly { readonly label?: string | undefined }[]): string[] =>
  probes.map(({ label }, k) => label ?? `probe ${k + 1}`);

/** Names without the first word that all of them share, `digit`, and that word; `probe` where there is none. */
export function shortened(names: readonly string[]): { readonly word: string; readonly short: readonly string[] } {
  const words = new Set(names.map((name) => /^(\w+) \S/.exec(name)?.[1]));
  const [word] = words;
  if (words.size !== 1 || word === undefined) return { word: 'probe', short: names };
  return { word, short: names.map((name) => name.slice(word.length + 1)) };
}
