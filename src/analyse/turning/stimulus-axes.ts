import { formatNumber } from '#core';
import { largeSymmetricEigen, symmetricEigen } from '#linalg';
import { classGram, type Activity } from '../similarity/class-gram.js';
import { HALVES, meanOf, overlapOf, populationAxes, type FrameCodes } from './frame-codes.js';

/** Dimensions that are looked at. */
const MAX_DIMENSIONS = 12;
/** Strength in the other half of the trials, in errors that noise alone gives it: the bound of all verdicts on signs. */
const MIN_ERRORS = 4;
/**
 * |cos| between the axes, or the smallest cosine between the spans, of two halves of the trials. With independent errors of one size the cosine of
 * the halves is the square of that to the truth; the mean of all trials has half the squared error, so that (1 - 0.8)/2, a tenth of an
 * axis, is another direction at most.
 */
const MIN_COSINE = 0.8;
/** Overlap x_k(a).x_k(b) of an axis in neighbouring sessions, in parts of its strength: beyond 60° no turn can be told from a new code. */
export const MIN_OVERLAP = 0.5;
/** Stimuli from which the method for large matrices is faster. */
const LARGE = 100;
/** Strength in parts of that of the first dimension, below which it is rounding. */
const MIN_STRENGTH = 1e-9;

export interface StimulusAxis {
  /** v_k over stimuli, M: unit length, sum 0, its largest entry above 0. */
  readonly axis: Float64Array;
  /** Mean over sessions of |v_k' h|², noise removed: activity². */
  readonly strength: number;
  /** Strength that the axis of one half of the trials has in the other, in errors of noise alone; null without trial noise. */
  readonly errors: number | null;
  /** |cos| between this axis in two halves: of the trials, or without trial noise of the sessions, every other one. */
  readonly cosine: number;
  /** Smallest cosine between the spans of all axes up to this one in two halves. */
  readonly spanCosine: number;
  /** Overlap between neighbouring sessions in parts of the strength. */
  readonly overlap: number;
}

/** The strongest dimensions, and how many of the first ones are validated. */
export interface StimulusAxes {
  readonly axes: readonly StimulusAxis[];
  readonly validated: number;
}

export const isDistinct = ({ cosine }: StimulusAxis): boolean => cosine >= MIN_COSINE;

/**
 * Stimulus axes v_k: eigenvectors of the centred Gram matrix of the stimuli, mean over sessions, from products of different groups of trials.
 * The first K are validated where each has strength in the other half of the trials (four errors of noise alone), lasts from session to
 * session, and their span is found again in the other half. Nearly equal strengths leave axes arbitrary within their span, which the span
 * does not mind; `isDistinct` says which axes stand by themselves. Without trial noise strength, span and axes are compared between every
 * other session. Cost: 6 S M² N + M³.
 */
export function stimulusAxes(codes: FrameCodes): StimulusAxes {
  const { stimuli } = codes;
  const halves = halfGrams(codes);
  const whole = meanOf(halves.flat());
  const { vectors, values } = leading(whole, stimuli);
  const spans = halves.map((pair) => pair.map((gram) => leading(gram, stimuli).vectors));
  const axes = vectors.map((axis, k): StimulusAxis => {
    const strengths = spans.flatMap(([one, two], p) => [
      quadraticForm(halves[p][1], one[k]),
      quadraticForm(halves[p][0], two[k]),
    ]);
    const error = noiseError(codes, axis);
    const cosines = spans.map(([one, two]) => Math.abs(dotOf(one[k], two[k])));
    const spanCosines = spans.map(([one, two]) => smallestCosine(one.slice(0, k + 1), two.slice(0, k + 1)));
    return {
      axis,
      strength: values[k],
      errors: error === null ? null : average(strengths) / error,
      cosine: average(cosines),
      spanCosine: average(spanCosines),
      overlap: neighbourOverlap(codes, axis, values[k]),
    };
  });
  const failing = axes.findIndex((own) => !lasts(own, values[0]));
  let validated = failing < 0 ? axes.length : failing;
  while (validated > 0 && axes[validated - 1].spanCosine < MIN_COSINE) validated--;
  return { axes, validated };
}

const lasts = ({ strength, errors, overlap }: StimulusAxis, first: number): boolean =>
  strength > MIN_STRENGTH * first && (errors === null || errors >= MIN_ERRORS) && overlap >= MIN_OVERLAP;

/** Why a dimension is not validated, in plain words. */
export function whyInvalid({ errors, overlap, spanCosine }: StimulusAxis): string {
  const share = (value: number): string => formatNumber(value, 2);
  if (errors !== null && errors < MIN_ERRORS) {
    return `in the other half of the trials its strength is ${formatNumber(errors, 2)} errors of trial noise, four are needed`;
  }
  if (overlap < MIN_OVERLAP) {
    return `neighbouring sessions have ${share(overlap)} of it in common, ${MIN_OVERLAP} is needed`;
  }
  return spanCosine < MIN_COSINE
    ? `the span up to it is found again in the other half with a cosine of ${share(spanCosine)}, ${MIN_COSINE} is needed`
    : 'it has no strength';
}

/** Centred Gram matrices, mean over sessions, of pairs of halves that have no noise in common. */
function halfGrams({ groups, mean, sessions, stimuli, neurons }: FrameCodes): readonly (readonly Float64Array[])[] {
  const classes = [Array.from({ length: neurons }, (_, n) => n)];
  const gram = (one: Activity, two: Activity): Float64Array =>
    centred(classGram(one, two, stimuli, classes).whole, stimuli);
  if (!groups) {
    const own = mean.map((code) => gram(code, code));
    const every = (first: number): Float64Array => meanOf(own.filter((_, s) => s % 2 === first));
    return sessions > 1 ? [[every(0), every(1)]] : [];
  }
  return HALVES.map((halves) => halves.map(([g, h]) => meanOf(groups.map((own) => gram(own[g], own[h])))));
}

function centred(gram: Float64Array, size: number): Float64Array {
  const rows = Float64Array.from({ length: size }, (_, i) => average(gram.subarray(i * size, (i + 1) * size)));
  const all = average(rows);
  return gram.map((value, at) => value - rows[Math.floor(at / size)] - rows[at % size] + all);
}

function leading(gram: Float64Array, size: number): { vectors: Float64Array[]; values: number[] } {
  const eigen = size < LARGE ? symmetricEigen : largeSymmetricEigen;
  const { values, vectors } = eigen({ rows: size, cols: size, data: gram });
  const count = Math.min(MAX_DIMENSIONS, size - 1);
  // By strength; the constant, of strength 0, may lie anywhere among dimensions without any.
  const order = Array.from({ length: count }, (_, k) => size - 1 - k);
  return {
    values: order.map((j) => values[j]),
    vectors: order.map((j) => oriented(Float64Array.from({ length: size }, (_, i) => vectors.data[i * size + j]))),
  };
}

function oriented(axis: Float64Array): Float64Array {
  const largest = axis.reduce((best, value) => (Math.abs(value) > Math.abs(best) + 1e-9 ? value : best), 0);
  return largest < 0 ? axis.map((value) => -value) : axis;
}

const dotOf = (x: Float64Array, y: Float64Array): number => x.reduce((sum, value, i) => sum + value * y[i], 0);

const average = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

function quadraticForm(gram: Float64Array, axis: Float64Array): number {
  const size = axis.length;
  return axis.reduce((sum, weight, i) => sum + weight * dotOf(gram.subarray(i * size, (i + 1) * size), axis), 0);
}

/** Smallest singular value of the cosines between two orthonormal sets: 0 where the spans have a direction that the other lacks. */
function smallestCosine(one: readonly Float64Array[], two: readonly Float64Array[]): number {
  const size = one.length;
  const cosines = one.map((v) => two.map((w) => dotOf(v, w)));
  const data = new Float64Array(size * size);
  for (let k = 0; k < size; k++) {
    for (let l = 0; l < size; l++)
      data[k * size + l] = cosines[k].reduce((sum, value, j) => sum + value * cosines[l][j], 0);
  }
  return Math.sqrt(Math.max(0, symmetricEigen({ rows: size, cols: size, data }).values[0]));
}

/**
 * Error that noise alone gives the strength along an axis from two groups of trials, x_g.x_h, mean over sessions: its variance is
 * sum_n ν_n² / S², and ((x_0 - x_1)²/2)((x_2 - x_3)²/2) is ν² of a neuron on average.
 */
function noiseError({ groups, neurons, sessions }: FrameCodes, axis: Float64Array): number | null {
  if (!groups) return null;
  let sum = 0;
  for (const own of groups) {
    const [a, b, c, d] = own.map((code) => populationAxes(code, [axis], neurons));
    for (let n = 0; n < neurons; n++) sum += ((a[n] - b[n]) ** 2 * (c[n] - d[n]) ** 2) / 4;
  }
  return Math.sqrt(sum) / sessions;
}

/** Mean over neighbouring sessions of x_k(s).x_k(s + 1), whose trials have no noise in common, over the strength. */
function neighbourOverlap({ mean, neurons }: FrameCodes, axis: Float64Array, strength: number): number {
  const all = mean.map((code) => populationAxes(code, [axis], neurons));
  const overlaps = all.slice(1).map((next, s) => overlapOf(all[s], 0, next, 0, neurons));
  return average(overlaps) / strength;
}
