import type { AnalysisOptions } from '#analyse';
import type { FileContents } from '#recording';
import type { AnalysisOutput } from '#report';

/** A file of the user with its path, which names it. */
export interface NamedFile {
  readonly path: string;
  readonly file: File;
}

/** How recordings are to be read and analysed. */
export interface Declared extends AnalysisOptions {
  readonly axes?: string | undefined;
  readonly key?: string | undefined;
  readonly times?: string | undefined;
  readonly timeUnit?: string | undefined;
  readonly labels?: string | undefined;
  /** Presentations of the stimuli. */
  readonly frequencies?: File | undefined;
}

/** A worker is always asked about the same files, which it keeps in memory. */
export type RecordingRequest =
  | { readonly kind: 'contents'; readonly files: readonly NamedFile[] }
  | { readonly kind: 'analyse'; readonly files: readonly NamedFile[]; readonly declared: Declared }
  | { readonly kind: 'archive'; readonly output: AnalysisOutput };

export type RecordingAnswer =
  | { readonly kind: 'contents'; readonly contents: readonly FileContents[] }
  | ({ readonly kind: 'step' } & Step)
  | { readonly kind: 'report'; readonly shown: ShownReport }
  | { readonly kind: 'archive'; readonly zip: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'invalid'; readonly message: string };

/** What an analysis is doing, and how far it is. */
export interface Step {
  readonly text: string;
  readonly done: number;
  readonly all: number;
}

/** A figure as SVG, for a page and for a phone. */
export interface ShownFigure {
  readonly name: string;
  readonly title: string;
  readonly caption: string;
  readonly wide: string;
  readonly narrow: string;
}

/** One animal, or all together. Tables are HTML. */
export interface ShownSection {
  readonly name: string;
  readonly motion: string;
  /** With the number of stimuli. */
  readonly stimuli: { readonly count: number; readonly table: string };
  readonly familiar: string;
  readonly turning: string;
  readonly figures: readonly ShownFigure[];
}

/** An analysis as the page shows it. Tables are HTML. */
export interface ShownReport {
  /** Each recording as it was read, and what was declared. */
  readonly inputs: readonly string[];
  readonly sections: readonly ShownSection[];
  readonly warnings: string;
  readonly controls: string;
  readonly methods: string;
  /** The files of `meander analyse --out`, by path: those that are text. */
  readonly files: Readonly<Record<string, string>>;
  /** What all files are made of, once they are asked for. */
  readonly output: AnalysisOutput;
}
