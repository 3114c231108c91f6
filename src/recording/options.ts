import type { Frequencies } from './stimuli.js';

/** How files are read as recordings. A text may come from a command line as it is. */
export interface ReadOptions {
  /** Names of the axes of an array, in its order: `session,trial,stimulus,neuron`. Long tables have columns instead. */
  readonly axes?: string | readonly string[] | undefined;
  /** Which array of a file: member, variable, `struct.field` or path; with * for any part, all that match are the sessions. */
  readonly key?: string | undefined;
  /** Times of sessions: numbers, as a list or separated by commas, or the name of an array of the file. */
  readonly times?: string | readonly number[] | undefined;
  /** Unit of the times, `day`. */
  readonly timeUnit?: string | undefined;
  /** Names of stimuli: a list, separated by commas, or the name of a text array of the file. */
  readonly labels?: string | readonly string[] | undefined;
  /** Presentations of each stimulus, in order or by name. */
  readonly frequencies?: Frequencies | undefined;
}
