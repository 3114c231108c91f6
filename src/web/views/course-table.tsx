import type { Estimate } from '#core';
import type { Estimates } from '#measure';
import type { ComponentChildren } from 'preact';
import { cell, DataTable } from '../chart/data-table.js';
import { count } from '../format.js';
import type { LabPoint } from '../prediction/messages.js';

/** Of theory: correlations begin close to 1. */
const DIGITS = 5;

interface Course {
  /** What it is of; empty where the caption says it. */
  readonly name: string;
  /** By the place of a time in the steps of theory, and in those of the simulation. */
  readonly theory: (time: number) => number | null;
  readonly simulation: (time: number) => Estimate | null | undefined;
}

interface CourseTableProps {
  readonly caption: string;
  readonly point: LabPoint;
  readonly estimates: Estimates | null;
  /** Steps that the picture shows. */
  readonly last: number;
  readonly courses: readonly Course[];
}

/** The numbers of a picture over time. */
export function CourseTable({ caption, point, estimates, last, courses }: CourseTableProps): ComponentChildren {
  const shown = point.steps.flatMap((step, time) => (step > 0 && step <= last ? [{ step, time }] : []));
  const simulated = new Map(estimates?.courses.steps.map((step, time) => [step, time]));
  return (
    <DataTable
      caption={caption}
      columns={[
        { label: 'steps', cells: shown.map(({ step }) => count(step)) },
        ...courses.flatMap(({ name, theory, simulation }) => [
          { label: `${name}theory`, cells: shown.map(({ time }) => cell(theory(time), DIGITS)) },
          {
            label: `${name}simulation ± s.e.`,
            cells: shown.map(({ step }) => cell(simulation(simulated.get(step) ?? -1))),
          },
        ]),
      ]}
    />
  );
}
