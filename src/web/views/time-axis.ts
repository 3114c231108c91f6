// The axis of steps that the views of time courses share.
import type { Estimate } from '#core';
import type { Estimates } from '#measure';
import type { PredictedCourses } from '#theory';
import { pinnedLines, type Line } from '../chart/scales.js';
import type { LabPoint } from '../prediction/messages.js';
import type { Pinned } from './pin.js';

/** What a view of time courses shows. */
export interface TimeCourseProps {
  readonly point: LabPoint;
  /** The theory that is kept beside that of the point. */
  readonly pinned: Pinned | null;
  readonly estimates: Estimates | null;
  /** The probe that views of one probe show, from 0. */
  readonly selectedProbe: number;
}

/** Decades that the axis shows at least, from the first lag on. */
const MIN_DECADES = 3;

/** From the lag to a little after the last estimate, steps. */
export function timeDomain(point: LabPoint, estimates: Estimates | null): [number, number] {
  const { lag } = point.task.measurement;
  const last = estimates?.courses.steps.at(-1) ?? 0;
  return [0.8 * lag, Math.max(1.3 * last, lag * 10 ** MIN_DECADES)];
}

/** Estimates at the steps after the first sample, as points of a chart. */
export const simulatedPoints = (steps: readonly number[], values: readonly (Estimate | null)[]): [number, Estimate][] =>
  steps.flatMap((step, k) => {
    const value = values[k];
    return step > 0 && value ? [[step, value] as [number, Estimate]] : [];
  });

/** A predicted time course with the error from the learning rate, up to a little after the end of the axis. */
export function predictedLine(
  { steps, courses }: LabPoint,
  [, last]: readonly [number, number],
  value: (courses: PredictedCourses, index: number) => number | null,
): Required<Pick<Line, 'points' | 'errors'>> {
  const shown = [...steps.keys()].filter((index) => steps[index] > 0 && steps[index] < 3 * last);
  return {
    points: shown.map((index) => [steps[index], value(courses, index) ?? NaN]),
    errors: shown.map((index) => value(courses.learningRateError, index) ?? NaN),
  };
}

/** The lines of a point, and below them those of the pinned one. */
export const withPinned = (pinned: Pinned | null, point: LabPoint, lines: (point: LabPoint) => Line[]): Line[] => [
  ...lines(point),
  ...(pinned ? pinnedLines(lines(pinned.point)) : []),
];
