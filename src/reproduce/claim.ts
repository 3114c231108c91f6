import type { Check } from '#compare';
import type { ExtrapolationRecord, PointRecord, PreparedPoint, ProbeCovariances, TheoryReport } from '#experiment';
import type { FigureTable } from '#figure';
import type { LaggedProducts } from './time-courses/lagged-products.js';

/** The representations of the probes of one network over time. */
export interface Trajectory {
  /** Steps since the end of burn-in. */
  readonly steps: readonly number[];
  /** W1 x, [time][probe][unit]. */
  readonly hidden: readonly (readonly (readonly number[])[])[];
}

/** The limits that a claim compares with 1, for all probes of a group of learning rates. */
export interface ComparedLimits {
  readonly group: ExtrapolationRecord;
  readonly rates: readonly ('fluctuation' | 'diffusion' | 'directedSpeed')[];
}

/** A point: what was planned and predicted, and what the simulation showed. */
export interface PointEvidence {
  readonly prepared: PreparedPoint;
  /** The entry of the point in the report of a run. */
  readonly report: PointRecord;
  /** Trajectory of the first replica; empty unless the preset sets trajectorySamples. */
  readonly trajectory: Trajectory;
  /** Between its probes, which share replicas; null where nothing turns. */
  readonly covariances: ProbeCovariances | null;
  /** From the trajectories of all replicas; null where they are short. */
  readonly decay: LaggedProducts | null;
}

/** Everything by which a claim is judged. */
export interface Evidence {
  readonly points: readonly PointEvidence[];
  /** Limits eta -> 0 of the ratios simulation / theory. */
  readonly extrapolations: readonly ExtrapolationRecord[];
  /** Predictions of the theory-only file of the claim, if it has one. */
  readonly map: TheoryReport | null;
}

/** One figure of a claim. */
export interface ClaimFigure {
  /** Stem of its file names. */
  readonly name: string;
  readonly title: string;
  /** What it shows, with the parameters; the report adds seed, replicas and commit. */
  readonly caption: string;
  /** What is drawn, by the figure of the list that applies. */
  readonly table: FigureTable;
}

export interface Judgement {
  readonly checks: readonly Check[];
  /** The limits of which the means are checked besides, those of this claim and of all claims together. */
  readonly compared?: readonly ComparedLimits[];
  /** What the mean of that many limits is called, unless as in other claims. */
  readonly nameOfMean?: (rate: ComparedLimits['rates'][number], count: number) => string;
  readonly figures: readonly ClaimFigure[];
}

/** A claim of the paper, or one of ours, and how it is tested. */
export interface Claim {
  readonly id: string;
  readonly title: string;
  /** The claim in one sentence. */
  readonly statement: string;
  /** Who makes the claim. */
  readonly source: string;
  /** Experiment file in presets/ with which it is simulated: sweep, probes and accuracy. */
  readonly preset: string;
  /** Experiment file, relative to presets/, of which only the theory is computed. */
  readonly map?: string;
  /** Whether the prediction includes the next order of the learning rate: for claims about single rates, not limits. */
  readonly nextOrder?: boolean;
  readonly judge: (evidence: Evidence) => Judgement;
}
