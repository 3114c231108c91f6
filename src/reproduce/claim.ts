import type { Check } from '#compare';
import type { ExtrapolationRecord, PointRecord, PreparedPoint, TheoryReport } from '#experiment';

/** The representations of the probes of one network over time. */
export interface Trajectory {
  /** Steps since the end of burn-in. */
  readonly steps: readonly number[];
  /** W1 x, [time][probe][unit]. */
  readonly hidden: readonly (readonly (readonly number[])[])[];
}

/** A simulated point beside what was predicted of it. */
export interface PointEvidence {
  readonly prepared: PreparedPoint;
  readonly record: PointRecord;
  /** Of the first replica; empty unless the preset asks for trajectorySamples. */
  readonly trail: Trajectory;
}

/** Everything that a claim is judged by. */
export interface Evidence {
  readonly points: readonly PointEvidence[];
  /** Limits eta -> 0 of the ratios simulation / theory. */
  readonly limits: readonly ExtrapolationRecord[];
  /** Predictions of the claim's theory-only file, if it has one. */
  readonly map: TheoryReport | null;
}

/** One figure of a claim, drawn from its evidence. */
export interface ClaimFigure {
  /** Stem of its file names. */
  readonly name: string;
  readonly title: string;
  /** What is seen, with the parameters; whoever writes the report adds seed, replicas and commit. */
  readonly caption: string;
  /** The SVG for a width in px, with a caption below it where one is given. */
  readonly draw: (document: object, options: { readonly width: number; readonly caption?: string }) => string;
}

export interface Judgement {
  readonly checks: readonly Check[];
  readonly figures: readonly ClaimFigure[];
}

/** A claim of the paper, or one of ours, and how it is tested. */
export interface Claim {
  readonly id: string;
  readonly title: string;
  /** The claim in one sentence. */
  readonly statement: string;
  /** Where the claim is made. */
  readonly source: string;
  /** Experiment file in presets/ that simulates it; its sweep, probes and accuracy. */
  readonly preset: string;
  /** An experiment file of which only the theory is computed, relative to presets/. */
  readonly map?: string;
  /** Whether the prediction needs the next order of the learning rate: for claims about single rates, not their limit. */
  readonly nextOrder?: boolean;
  readonly judge: (evidence: Evidence) => Judgement;
}
