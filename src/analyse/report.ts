/** A measured number with its standard error and 95% interval, all in one unit; null where the recording does not determine it. */
export interface Measured {
  readonly value: number | null;
  readonly se: number | null;
  readonly interval95: readonly [number, number] | null;
}

/**
 * How a representation moves: E |h(t + dt) - h(t)|^2 = 2 F + D dt + |v|^2 dt^2, trial noise removed.
 * Unit of activity a, of time T.
 */
export interface Motion {
  /** ‖h‖², mean over sessions, a². */
  readonly strength: Measured;
  /** F (not 2 F): bounded fluctuation between sessions, a². */
  readonly fluctuation: Measured;
  /** D, a² / T. */
  readonly diffusion: Measured;
  /** |v|, a / T: root of the quadratic term, 0 where that is negative. */
  readonly directedSpeed: Measured;
  /** The quadratic term |v|² itself, which may be negative by its error, a² / T². */
  readonly quadratic: Measured;
  /** D/‖h‖², 1 / T. */
  readonly relativeDiffusion: Measured;
  /** Time in which the self-correlation falls by half, 2 ln 2 ‖h‖²/D, T. */
  readonly halfLife: Measured;
}

export interface StimulusMotion extends Motion {
  readonly label: string;
  readonly frequency: number | null;
}

/** A course over gaps of time: pairs of sessions of about the same gap, pooled. */
export interface GapPoint {
  /** Mean gap, T, and the number of pairs of sessions. */
  readonly gap: number;
  readonly pairs: number;
  /** Squared displacement over the strength of the population, ‖x̄_b - x̄_a‖²/‖h‖² as it is, with trial noise in it; with trial noise removed; what the fitted law expects. */
  readonly rawDisplacement: Measured;
  readonly displacement: Measured;
  readonly fittedDisplacement: number | null;
  /** Self-correlation of codes c, noise removed, and what the fit predicts, (1 - F/‖h‖²) exp(-D dt / 2‖h‖²). */
  readonly selfCorrelation: Measured;
  readonly predictedSelfCorrelation: number | null;
  /** Similarity S of the Gram matrices; of the surrogate of independent drift, and of that smooth over neighbouring stimuli. */
  readonly similarity: Measured;
  readonly independentSimilarity: number | null;
  readonly smoothSimilarity: number | null;
}

/** A pair of sessions, by index. Displacements are squared, over the strength of the population. */
export interface SessionPair {
  readonly sessions: readonly [number, number];
  readonly gap: number;
  /** Neurons that were recorded in both. */
  readonly neurons: number;
  readonly rawDisplacement: number | null;
  readonly displacement: number | null;
  readonly selfCorrelation: number | null;
  readonly similarity: number | null;
}

/** A measure in common use, between half of the trials of two sessions, beside the value that trial noise alone would leave it at. */
export interface FamiliarMeasure {
  /** populationVectorCorrelation, ensembleRateCorrelation, tuningCurveCorrelation, representationalDriftIndex, angle, … */
  readonly name: string;
  readonly label: string;
  /** Where it was published, a key of `references`. */
  readonly reference: string;
  readonly points: readonly {
    readonly gap: number;
    readonly value: number | null;
    readonly se: number | null;
    /** The same measure between the halves of one session, mean over the sessions of the pairs; null without trials to part. */
    readonly ceiling: number | null;
  }[];
}

/** A check that is made every time; `passed` is null where the recording does not allow it, and `statement` says why. */
export interface Control {
  readonly name: string;
  /** One sentence in plain words: what was done, what was expected, what came out. */
  readonly statement: string;
  readonly passed: boolean | null;
  /** Numbers behind it, by name; for tables. */
  readonly values: Readonly<Record<string, number | null>>;
}

/** What a reader must know before believing the numbers. */
export interface Warning {
  /** oneTrial, fewTrials, noiseNearSignal, identicalTrials, fewNeuronsDominate, moreStimuliThanNeurons, smoothing, saturation, lostCells, fewSessions, jump, gainStep, twoMaps, … */
  readonly name: string;
  readonly message: string;
}

/** Whether two ways to the same number agree: difference over its error. */
export interface Agreement {
  readonly first: Measured;
  readonly second: Measured;
  /** (second - first) / error of the difference; null where either is missing. */
  readonly z: number | null;
  readonly agrees: boolean | null;
}

/**
 * How the frame of the population axes turns: axis k is what the neurons do along a pattern v_k of the stimuli, h' v_k. Only in dimensions that
 * are found again in the other half of the trials; without two of them there are no planes, and `statement` says why.
 */
export interface Turning {
  /** In plain words: what was found, or why there is no frame. */
  readonly statement: string;
  /** Neurons recorded in every session, of which the frame is. */
  readonly neurons: number;
  /** The strongest dimensions, 12 at most; the validated ones come first. */
  readonly dimensions: readonly TurningDimension[];
  /** All pairs of validated dimensions. */
  readonly planes: readonly TurningPlane[];
  /** Rate of turning, mean over planes, rad² / T: it does not depend on which axes span the dimensions, where these are equally strong. */
  readonly rate: Measured;
  /** Share of the drift of the axes, changes of their length left out, that stays within their span; and (K - 1)/(N - 1), where all directions are alike. */
  readonly withinSpan: Measured;
  readonly withinSpanIfIsotropic: number | null;
}

export interface TurningDimension {
  /** ‖h' v_k‖², mean over sessions, noise removed, a². */
  readonly strength: number;
  /** Strength that the axis of one half of the trials has in the other, over the error that noise alone gives it; null without trial noise. */
  readonly strengthOverError: number | null;
  /** |cos| between the axes of two halves; smallest cosine between the spans of all axes up to this one. */
  readonly cosine: number;
  readonly spanCosine: number;
  /** Overlap of the axis between neighbouring sessions, in parts of its strength. */
  readonly overlap: number;
  readonly isValidated: boolean;
  /** Whether the axis stands by itself: else only the span with others of nearly its strength is known. */
  readonly isDistinct: boolean;
  /** v_k over stimuli: unit length, sum 0. */
  readonly weights: readonly number[];
}

export interface TurningPlane {
  /** Numbers of its dimensions, from 1. */
  readonly dimensions: readonly [number, number];
  /** Whether both axes stand by themselves. */
  readonly isDistinct: boolean;
  /** Rotational diffusion D of the law of increments, E ω² = 2 F + D dt: rad² / T. */
  readonly rate: Measured;
  /** Bounded fluctuation of the turn between sessions, rad². */
  readonly fluctuation: number | null;
  /** Turn from each session to the next, rad, trial noise included. */
  readonly turns: readonly number[];
}

/** One animal or network. */
export interface RecordingReport {
  readonly name: string;
  readonly sessions: number;
  readonly trials: number;
  readonly neurons: number;
  readonly times: readonly number[];
  readonly timeUnit: string;
  readonly noiseFree: boolean;
  /** Share of the cells (session, stimulus, neuron) without a value. */
  readonly missing: number;
  readonly normalise: Normalisation;
  readonly stimuli: readonly StimulusMotion[];
  /** Means over stimuli, and the ratio of such means. */
  readonly population: Motion;
  /** Share of the drift that keeps similarity: 0 as in independent drift of each stimulus, 1 as in a rotation. */
  readonly similarityShare: Measured;
  readonly gaps: readonly GapPoint[];
  readonly pairs: readonly SessionPair[];
  readonly familiar: readonly FamiliarMeasure[];
  readonly controls: readonly Control[];
  readonly warnings: readonly Warning[];
  readonly agreement: {
    /** D from products of increments, and from displacement against gap. */
    readonly diffusion: Agreement;
    /** F of the same. */
    readonly fluctuation: Agreement;
    /** Self-correlation at long gaps: predicted from short ones, and measured. */
    readonly decay: Agreement;
  };
  /** How the frame of validated dimensions turns. */
  readonly turning: Turning;
  /** Displacement² within a session (halves of its trials, noise removed) over ‖h‖²; null with fewer than four trials. */
  readonly withinSession: Measured;
  /** Quantiles of increments of neurons, in units of their standard deviation, beside those of a normal deviate. */
  readonly increments: {
    readonly expected: readonly number[];
    readonly observed: readonly number[];
    readonly kurtosis: Measured;
  };
}

/** D/‖h‖² of stimuli against the presentations f of each, scale f^exponent: a correlation, which says nothing of its cause. */
export interface FrequencyTrend {
  /** s; null with the reason in `statement` where fewer than three stimuli have a D above 0, or all the same f. */
  readonly exponent: Measured;
  /** D/‖h‖² at f = 1, 1 / T. */
  readonly scale: number | null;
  /** Weighted sum of squared residuals; expected: stimuli - 2. */
  readonly chiSquare: number | null;
  /** Stimuli that were fitted, and the others. */
  readonly stimuli: number;
  readonly leftOut: number;
  /** Whether stimuli of more presentations drift slower or faster: four errors or more; null where not fitted. */
  readonly verdict: 'slower' | 'faster' | 'none' | null;
  /** In plain words. */
  readonly statement: string;
}

/** What a model predicts for the stimuli and gaps of a recording, beside which it stands; nothing of it was fitted. */
export interface ModelPrediction {
  /** The experiment file, and the point of a sweep. */
  readonly file: string;
  /** Steps of learning in one unit of time. */
  readonly stepsPerUnit: number;
  /** F/‖h‖² and D/‖h‖² (1 / T) of each stimulus; null for one that is not represented. */
  readonly stimuli: readonly {
    readonly label: string;
    readonly relativeFluctuation: number | null;
    readonly relativeDiffusion: number | null;
  }[];
  /** Squared displacement over ‖h‖², and self-correlation, means over stimuli. */
  readonly gaps: readonly {
    readonly gap: number;
    readonly displacement: number | null;
    readonly selfCorrelation: number | null;
  }[];
  /** Turning in the planes of each animal that has any. */
  readonly turning: readonly TurningPrediction[];
}

/** What a model predicts for the planes of an animal: its own code for the stimuli, along the same patterns v_k, turned by its rotation tensor. */
export interface TurningPrediction {
  readonly animal: string;
  /** Why some or all planes cannot be compared; null where all can. */
  readonly statement: string | null;
  /** In the order of the animal's planes; rad² / T, null where the model has no such plane. */
  readonly planes: readonly { readonly dimensions: readonly [number, number]; readonly rate: number | null }[];
  /** Mean over planes; null where one is missing. */
  readonly rate: number | null;
}

export type Normalisation = 'none' | 'gain' | 'neuron';

/** Several animals together: means over animals, t intervals over animals where there are three or more. */
export interface AnalysisReport {
  readonly animals: readonly RecordingReport[];
  readonly stimuli: readonly StimulusMotion[];
  readonly population: Motion;
  readonly similarityShare: Measured;
  /** Of one animal; of several, those of each are in `animals`, and here each name stands once, with the animals it holds for. */
  readonly controls: readonly Control[];
  readonly warnings: readonly Warning[];
  readonly agreement: RecordingReport['agreement'] | null;
  /** Of the stimuli of all animals together; null without presentations. */
  readonly frequency: FrequencyTrend | null;
  /** Where a model was named to stand beside it. */
  readonly model?: ModelPrediction;
}

export interface AnalysisOptions {
  readonly normalise: Normalisation;
  /** Whether a neuron that is 0 throughout a session was not recorded there (`--missing zero`). */
  readonly zeroIsMissing: boolean;
}
