import type { Estimate } from '#core';
import { correlationInterval95, type Estimates } from '#measure';
import type { Measured } from '../measured.js';
import { predictedCorrelations, timesOfPhases, type PhaseTimes, type PlannedPhase } from './predicted-phases.js';

/** A self-correlation as predicted, null where it is not, and as measured; null for a probe that is not represented. */
export interface ComparedCorrelation {
  readonly theory: number | null;
  readonly simulation: Measured | null;
}

/** The self-correlations from one boundary to the end of a phase. */
export interface FromBoundary<Cell> {
  /** `start`: the first sample of the experiment; else the name of the phase that ends there. */
  readonly from: string;
  readonly probes: readonly Cell[];
}

/** What a report says of a phase beside what it says of any point. */
export interface PhaseRecord extends PhaseTimes {
  /** Self-correlations from the first sample of the experiment to the times of the courses, [time][probe]. */
  readonly fromStart: readonly (readonly ComparedCorrelation[])[];
  readonly toEnd: readonly FromBoundary<ComparedCorrelation>[];
}

/** What the theory alone says of it; `fromStart` has the times of the predicted courses. */
export interface PhaseTheory extends PhaseTimes {
  readonly fromStart: readonly (readonly (number | null)[])[];
  readonly toEnd: readonly FromBoundary<number | null>[];
}

const START = 'start';

const boundaryName = (times: readonly PhaseTimes[], boundary: number): string =>
  boundary === 0 ? START : times[boundary - 1].name;

/** The theory of the last phase of a list that begins with the first one. */
export function phaseTheory(phases: readonly PlannedPhase[], steps: readonly number[]): PhaseTheory | null {
  const times = timesOfPhases(phases);
  const predicted = predictedCorrelations(phases, steps);
  if (!predicted) return null;
  return {
    ...times[times.length - 1],
    fromStart: predicted.fromStart,
    toEnd: predicted.toEnd.map((probes, k) => ({ from: boundaryName(times, k), probes })),
  };
}

/** The record of the last phase of a list that begins with the first one; null where its correlations were not measured. */
export function phaseRecord(phases: readonly PlannedPhase[], estimates: Estimates): PhaseRecord | null {
  const { acrossPhases, courses, replicas } = estimates;
  if (!acrossPhases) return null;
  const times = timesOfPhases(phases);
  const predicted = predictedCorrelations(phases, courses.steps);
  const compared = (
    measured: readonly (Estimate | null)[],
    theory: readonly (number | null)[] | undefined,
  ): ComparedCorrelation[] =>
    measured.map((own, k) => ({
      theory: theory?.[k] ?? null,
      simulation: own && { ...own, interval95: correlationInterval95(own, replicas) },
    }));
  return {
    ...times[times.length - 1],
    fromStart: acrossPhases.fromStart.map((row, time) => compared(row, predicted?.fromStart.at(time))),
    toEnd: acrossPhases.toEnd.map((row, k) => ({
      from: boundaryName(times, k),
      probes: compared(row, predicted?.toEnd.at(k)),
    })),
  };
}
