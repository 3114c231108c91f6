import { DIGITS, type Estimate } from '#core';
import type { Estimates } from '#measure';
import type { ComponentChildren } from 'preact';
import { cell, DataTable } from '../chart/data-table.js';
import { count } from '../format.js';
import type { LabPoint } from '../prediction/messages.js';

interface TimeCourse {
  /** Prefix of its column labels; empty where the caption names it. */
  readonly name: string;
  /** Values by their index in the steps of the theory, and in those of the simulation. */
  readonly theory: (index: number) => number | null;
  readonly simulation: (index: number) => Estimate | null | undefined;
}

interface TimeCourseTableProps {
  readonly caption: string;
  readonly point: LabPoint;
  readonly estimates: Estimates | null;
  /** The last step that the chart shows. */
  readonly last: number;
  readonly courses: readonly TimeCourse[];
}

/** The numbers of a chart of time courses. */
export function TimeCourseTable({ caption, point, estimates, last, courses }: TimeCourseTableProps): ComponentChildren {
  const shown = point.steps.flatMap((step, index) => (step > 0 && step <= last ? [{ step, index }] : []));
  const simulated = new Map(estimates?.courses.steps.map((step, index) => [step, index]));
  return (
    <DataTable
      caption={caption}
      columns={[
        { label: 'steps', cells: shown.map(({ step }) => count(step)) },
        ...courses.flatMap(({ name, theory, simulation }) => [
          { label: `${name}theory`, cells: shown.map(({ index }) => cell(theory(index), DIGITS.course)) },
          {
            label: `${name}simulation ± s.e.`,
            cells: shown.map(({ step }) => cell(simulation(simulated.get(step) ?? -1))),
          },
        ]),
      ]}
    />
  );
}
