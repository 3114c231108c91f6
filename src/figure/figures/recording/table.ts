import type { FigureData } from '../../figure.js';

/** A measured number; null where the recording does not determine it. */
export interface RecordedValue {
  readonly value: number | null;
  readonly se: number | null;
}

/** What is common to the figures of recordings: `day` and the like, for the labels of axes. */
interface OverTime extends FigureData {
  readonly timeUnit: string;
}

/** Squared displacement over squared norm, at one gap of time. */
export interface DisplacementPoint {
  readonly gap: number;
  /** With trial noise in it, and without. */
  readonly raw: RecordedValue;
  readonly corrected: RecordedValue;
}

/** The displacement of one animal or network. */
export interface DisplacementCourse {
  readonly name: string;
  readonly points: readonly DisplacementPoint[];
  /** What the fitted law expects, by ascending gap. */
  readonly fit: readonly { readonly x: number; readonly y: number | null }[];
  /** Between the halves of one session, without trial noise. */
  readonly withinSession: RecordedValue;
}

/** A line of a model that was not fitted, and what it is called. */
export interface ModelCurve {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number | null }[];
}

export interface DisplacementTable extends OverTime {
  readonly kind: 'recording-displacement';
  readonly recordings: readonly DisplacementCourse[];
  readonly model?: ModelCurve;
}

/** Codes and their similarity at one gap of time. */
export interface CodePoint {
  readonly gap: number;
  readonly selfCorrelation: RecordedValue;
  readonly predictedSelfCorrelation: number | null;
  readonly similarity: RecordedValue;
  /** Of the surrogates: every stimulus drifts alone, or together with its neighbours. */
  readonly independentSimilarity: number | null;
  readonly smoothSimilarity: number | null;
}

export interface CodesTable extends OverTime {
  readonly kind: 'recording-codes';
  readonly points: readonly CodePoint[];
  /** Of self-correlations. */
  readonly model?: ModelCurve;
}

export interface StimulusRow {
  readonly label: string;
  readonly frequency: number | null;
  readonly diffusion: RecordedValue;
  readonly relativeDiffusion: RecordedValue;
}

/** D/|h|² = scale · presentations^exponent. */
export interface StimulusTrend {
  readonly scale: number;
  readonly exponent: number;
}

export interface StimuliTable extends OverTime {
  readonly kind: 'recording-stimuli';
  readonly stimuli: readonly StimulusRow[];
  /** Mean over stimuli. */
  readonly population: Pick<StimulusRow, 'diffusion' | 'relativeDiffusion'>;
  /** Fitted to stimuli whose presentations are known; drawn against them. */
  readonly trend?: StimulusTrend | null;
}

export interface SessionMatrix {
  readonly title: string;
  /** With unit, of the colours. */
  readonly label: string;
  /** One row and one column for each session; null where there is no number. */
  readonly values: readonly (readonly (number | null)[])[];
  /** Whether its numbers are counts, which are written into the cells where there is space. */
  readonly isCount?: boolean;
}

export interface SessionsTable extends OverTime {
  readonly kind: 'recording-sessions';
  readonly times: readonly number[];
  readonly matrices: readonly SessionMatrix[];
}

export interface IncrementsTable extends FigureData {
  readonly kind: 'recording-increments';
  /** Quantiles in standard deviations: of a normal deviate, and of the increments. */
  readonly expected: readonly number[];
  readonly observed: readonly number[];
  /** In excess of that of a normal distribution. */
  readonly kurtosis: RecordedValue;
}
