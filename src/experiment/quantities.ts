import type { Estimate } from '#core';
import { dot } from '#linalg';
import type { ProbeEstimates } from '#measure';
import type { LearningRateError, NextOrderProbe, ProbePrediction } from '#theory';
import type { Measured } from './measured.js';

/** What is predicted and measured of each probe, and how it is shown. */
export interface Quantity {
  /** As formulas write it. */
  readonly symbol: string;
  /** As terminals write it, where that is not the symbol. */
  readonly plainSymbol?: string;
  /** As a sentence writes it. */
  readonly name: string;
  readonly unit: string;
  /** What the reference of the output says of it. */
  readonly description: string;
  /** null where the probe is not represented. */
  readonly theory: (probe: ProbePrediction) => number | null;
  /** Standard error of the theory, where its rotation tensor is sampled. */
  readonly theoryError?: (probe: ProbePrediction) => number;
  /** With the next order of the learning rate. */
  readonly nextOrder: (probe: NextOrderProbe) => number | null;
  /** What is expected to be left beyond the next order, relative: an estimate. */
  readonly learningRateError: (error: LearningRateError) => number;
  /** With an interval of its own, where that is not Student's about the value. */
  readonly simulation: (probe: ProbeEstimates) => (Estimate & Partial<Measured>) | null;
  /** Where it stands of its own accord; CSV, NPZ, Parquet, reports and the tables of `run` and `theory` have every quantity. */
  readonly shown: {
    /** In the page's table of probes, the tables of opened runs, and `meander show` without --columns. */
    readonly tables: boolean;
    /** As a chart of the page, and as a figure of an opened sweep. */
    readonly charts: boolean;
  };
  /** What is divided by the theory; what is measured unless given. */
  readonly compared?: (probe: ProbeEstimates) => Estimate;
  /** What the next order expects of that; `nextOrder` unless given. */
  readonly comparedNextOrder?: (leading: ProbePrediction, next: NextOrderProbe) => number;
}

/**
 * Every quantity of a probe, in the order of tables. JSON reports, the columns of every table, axes, captions and the page
 * are made from this: a new quantity is a new entry. Rates are per step.
 */
export const quantities = {
  squaredNorm: {
    symbol: '|h|²',
    name: 'squared norm',
    unit: 'activation²',
    description: 'squared norm of the representation on the manifold',
    shown: { tables: false, charts: false },
    theory: ({ squaredNorm }) => squaredNorm,
    nextOrder: ({ squaredNorm }) => squaredNorm,
    learningRateError: ({ squaredNorm }) => squaredNorm,
    simulation: ({ squaredNorm }) => squaredNorm,
  },
  fluctuation: {
    symbol: 'F',
    name: 'fluctuation',
    unit: 'activation²',
    description: 'mean squared distance of the representation from the minimum-loss manifold',
    shown: { tables: true, charts: true },
    theory: ({ fluctuation }) => fluctuation,
    nextOrder: ({ fluctuation }) => fluctuation,
    learningRateError: ({ fluctuation }) => fluctuation,
    simulation: ({ fluctuation }) => fluctuation,
  },
  diffusion: {
    symbol: 'D',
    name: 'diffusion',
    unit: 'activation² per step',
    description: 'mean squared displacement along the manifold per step',
    shown: { tables: true, charts: true },
    theory: ({ diffusion }) => diffusion,
    theoryError: ({ diffusionStandardError }) => diffusionStandardError,
    nextOrder: ({ diffusion }) => diffusion,
    learningRateError: ({ diffusion }) => diffusion,
    simulation: ({ diffusion }) => diffusion,
  },
  relativeDiffusion: {
    symbol: 'D/|h|²',
    name: 'relative diffusion',
    unit: 'rad² per step',
    description: 'diffusion over squared norm: the angular rate, which compares probes of different norms',
    shown: { tables: true, charts: true },
    theory: ({ diffusion, squaredNorm }) => (squaredNorm > 0 ? diffusion / squaredNorm : null),
    theoryError: ({ diffusionStandardError, squaredNorm }) => diffusionStandardError / squaredNorm,
    nextOrder: ({ diffusion, squaredNorm }) => (squaredNorm > 0 ? diffusion / squaredNorm : null),
    learningRateError: ({ relativeDiffusion }) => relativeDiffusion,
    simulation: ({ diffusion, squaredNorm }) => quotient(diffusion, squaredNorm),
  },
  halfLife: {
    symbol: 't½',
    plainSymbol: 'half-life',
    name: 'half-life',
    unit: 'steps',
    description: 'time in which diffusion and directed drift take half of the self-correlation',
    shown: { tables: true, charts: true },
    theory: ({ halfLife }) => halfLife,
    theoryError: ({ halfLifeStandardError }) => halfLifeStandardError,
    nextOrder: ({ halfLife }) => halfLife,
    learningRateError: ({ halfLife }) => halfLife,
    simulation: ({ halfLife }) => halfLife,
  },
  directedSpeed: {
    symbol: '|v|',
    name: 'directed speed',
    unit: 'activation per step',
    description: 'length of the mean displacement per step',
    shown: { tables: false, charts: false },
    theory: ({ directedSpeed }) => directedSpeed,
    nextOrder: ({ directedSpeed }) => directedSpeed,
    learningRateError: ({ directedSpeed }) => directedSpeed,
    simulation: ({ directedSpeed }) => directedSpeed,
    // |v| is cut at zero; the component along the predicted direction is signed and without bias.
    compared: ({ speedAlongDriftDirection }) => speedAlongDriftDirection,
    comparedNextOrder: ({ driftDirection }, next) => next.directedSpeed * dot(driftDirection, next.driftDirection),
  },
} as const satisfies Readonly<Record<string, Quantity>>;

export type QuantityName = keyof typeof quantities;

export const quantityNames = Object.keys(quantities) as QuantityName[];

/** The quantities that stand in tables, or charts, of their own accord. */
export const shownQuantities = (where: keyof Quantity['shown']): QuantityName[] =>
  quantityNames.filter((name) => quantities[name].shown[where]);

/** The quantities of all inputs together at one point. */
export const lossQuantities = {
  loss: { symbol: '', name: 'task loss', unit: 'output²', description: 'expected task loss, label noise included' },
  regularizedLoss: {
    symbol: '',
    name: 'regularised loss',
    unit: 'output²',
    description: 'expected task loss and the decay term',
  },
} as const satisfies Readonly<Record<string, Pick<Quantity, 'symbol' | 'name' | 'unit' | 'description'>>>;

export type LossName = keyof typeof lossQuantities;
export const lossNames = Object.keys(lossQuantities) as LossName[];

export const quantityOf = (name: QuantityName): Quantity => quantities[name];

/** How terminals write a symbol. */
export const plainSymbol = (name: QuantityName): string =>
  quantityOf(name).plainSymbol ?? quantities[name].symbol.replaceAll('²', '^2');

/** How an axis calls a quantity: `diffusion D (activation² per step)`. */
export function quantityLabel(name: QuantityName | LossName): string {
  const {
    name: words,
    symbol,
    unit,
  } = name in quantities ? quantityOf(name as QuantityName) : lossQuantities[name as LossName];
  return `${words}${symbol === '' ? '' : ` ${symbol}`}${unit === '' ? '' : ` (${unit})`}`;
}

/** A value for each quantity. */
export function perQuantity<T>(value: (name: QuantityName, quantity: Quantity) => T): PerQuantity<T> {
  return Object.fromEntries(quantityNames.map((name) => [name, value(name, quantities[name])])) as PerQuantity<T>;
}

export type PerQuantity<T> = Record<QuantityName, T>;

/** a / b with the standard error from those of both, taken as independent; null where b is not above 0. */
function quotient(a: Estimate, b: Estimate): Estimate | null {
  if (!(b.value > 0)) return null;
  const value = a.value / b.value;
  return { value, se: Math.hypot(a.se, value * b.se) / b.value };
}
