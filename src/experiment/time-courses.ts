import { columnNames, type Estimate } from '#core';
import type { TimeCourseEstimates } from '#measure';
import type { PredictedCourses } from '#theory';
import { lossQuantities, quantities } from './quantities.js';
import type { ColumnHead, ResultCell, ResultRow } from './columns.js';

/** A quantity over time, predicted or not, and how it is shown. */
export interface TimeCourse {
  /** As a sentence writes it. */
  readonly name: string;
  readonly unit: string;
  /** What the reference of the output says of it. */
  readonly description: string;
  /** At a time, of a probe (both are indices); null where there is none. What holds of all probes together ignores the probe. */
  readonly simulation: (courses: TimeCourseEstimates, time: number, probe: number) => Estimate | null;
  /** The same as predicted, where it is. */
  readonly theory?: (courses: PredictedCourses, time: number, probe: number) => number | null;
}

/** Every time course, in the order of tables: a new one is a new entry. */
export const timeCourses = {
  selfCorrelation: {
    name: 'self-correlation',
    unit: '',
    description: 'cosine between the representation then and at the first sample',
    simulation: ({ selfCorrelation }, time, probe) => selfCorrelation[time][probe],
    theory: ({ selfCorrelation }, time, probe) => selfCorrelation[time][probe],
  },
  squaredDisplacement: {
    name: 'squared displacement',
    unit: 'activation²',
    description: 'squared distance between the representation then and at the first sample',
    simulation: ({ squaredDisplacement }, time, probe) => squaredDisplacement[time][probe],
    theory: ({ squaredDisplacement }, time, probe) => squaredDisplacement[time][probe],
  },
  projectedSquaredDisplacement: {
    name: 'projected squared displacement',
    unit: 'activation²',
    description: 'the same after projection onto the manifold',
    simulation: ({ projectedSquaredDisplacement: course }, time, probe) => course[time].at(probe) ?? null,
    theory: ({ projectedSquaredDisplacement }, time, probe) => projectedSquaredDisplacement[time][probe],
  },
  fluctuation: {
    name: 'fluctuation F',
    unit: quantities.fluctuation.unit,
    description: 'fluctuation in the samples since the time before',
    simulation: ({ fluctuation }, time, probe) => fluctuation[time].at(probe) ?? null,
  },
  similarityChange: {
    name: 'change of the similarity matrix',
    unit: '',
    description: 'relative change of the similarity matrix of all probes since the first sample (Frobenius norm)',
    simulation: ({ similarityChange }, time) => similarityChange[time],
  },
  loss: {
    name: lossQuantities.loss.name,
    unit: lossQuantities.loss.unit,
    description: 'task loss in the samples since the time before',
    simulation: ({ taskLoss }, time) => taskLoss.at(time) ?? null,
  },
  regularizedLoss: {
    name: lossQuantities.regularizedLoss.name,
    unit: lossQuantities.regularizedLoss.unit,
    description: 'regularised loss in the samples since the time before',
    simulation: ({ regularizedLoss }, time) => regularizedLoss.at(time) ?? null,
  },
} as const satisfies Readonly<Record<string, TimeCourse>>;

export type TimeCourseName = keyof typeof timeCourses;

/** What the rows of time courses are made from; courses may be at other times than the prediction. */
export interface ComparedCourses {
  readonly simulation: TimeCourseEstimates;
  /** null without a prediction. */
  readonly theory: PredictedCourses | null;
}

/** A column of a table of time courses. */
export interface CourseColumn extends ColumnHead {
  /** Whether its times are those of the prediction or those of the simulation. */
  readonly of: keyof ComparedCourses;
  readonly value: (courses: ComparedCourses, time: number, probe: number) => ResultCell;
}

/** The columns of every time course, in order. */
export const courseColumns: readonly CourseColumn[] = Object.entries<TimeCourse>(timeCourses).flatMap(
  ([key, { name, unit, description, simulation, theory }]) => {
    const columns = columnNames(key);
    const shared = { type: 'number', label: unit === '' ? name : `${name} (${unit})` } as const;
    const measured: CourseColumn[] = [
      {
        ...shared,
        name: columns.simulation,
        of: 'simulation',
        description: `${description}: simulation`,
        errorColumn: columns.simulationError,
        value: (courses, time, probe) => simulation(courses.simulation, time, probe)?.value ?? null,
      },
      {
        ...shared,
        name: columns.simulationError,
        of: 'simulation',
        description: 'its standard error',
        value: (courses, time, probe) => simulation(courses.simulation, time, probe)?.se ?? null,
      },
    ];
    if (!theory) return measured;
    const predicted: CourseColumn = {
      ...shared,
      name: columns.theory,
      of: 'theory',
      description: `${description}: theory`,
      value: (courses, time, probe) => courses.theory && theory(courses.theory, time, probe),
    };
    return [predicted, ...measured];
  },
);

/** A row for each time and probe, where theory and simulation have the same times. */
export const courseRows = (courses: ComparedCourses, probes: number): ResultRow[] =>
  courses.simulation.steps.flatMap((steps, time) =>
    Array.from({ length: probes }, (_, probe) => ({
      steps,
      probe: probe + 1,
      ...Object.fromEntries(courseColumns.map(({ name, value }) => [name, value(courses, time, probe)])),
    })),
  );
