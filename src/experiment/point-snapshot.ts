import { ratio } from '#compare';
import type { Estimate } from '#core';
import { estimate, type ProbeEstimates, type ReplicaSummary } from '#measure';
import type { Prediction } from '#theory';
import { taskTemplate, type TaskTemplate } from './tasks/split.js';
import { parametersOf, probeTheory, quantities, type ProbeTheory } from './report.js';
import type { PreparedPoint } from './run.js';

/**
 * A prepared point as plain data: all that its tasks and the table of results need, so that neither theory nor data files
 * are needed again.
 */
export interface PointSnapshot extends TaskTemplate {
  /** Scalars of the model and swept values; anything but a number or a text as JSON. */
  readonly parameters: Readonly<Record<string, number | string>>;
  /** Names of the swept parameters, as in `parameters`, in the order of the sweep. */
  readonly swept: readonly string[];
  readonly theory: TheorySnapshot;
}

/** What the table of results holds of a prediction. */
export interface TheorySnapshot {
  readonly taskLoss: number;
  readonly regularizedLoss: number;
  readonly probes: readonly ProbeTheory[];
}

export function snapshotPoint({ point, prediction, plan }: PreparedPoint): PointSnapshot {
  const parameters = parametersOf(point);
  return {
    ...taskTemplate(point, plan, false),
    parameters: Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, cell(value)])),
    swept: point.assignments.map(({ name }) => columnOf(name)),
    theory: theorySnapshot(prediction),
  };
}

export const theorySnapshot = ({ loss, probes }: Prediction): TheorySnapshot => ({
  taskLoss: loss.task,
  regularizedLoss: loss.regularized,
  probes: probes.map(probeTheory),
});

/** The column of a swept key: scalars of the model have short names. */
export function columnOf(key: string): string {
  const short = key.replace(/^model\./, '');
  return isScalar(short) ? short : key;
}

export const isScalar = (column: string): boolean =>
  ['hiddenUnits', 'learningRate', 'weightDecay', 'labelNoiseVariance', 'batchSize'].includes(column);

export const cell = (value: unknown): number | string =>
  typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value);

/** A row of the table of results: one probe at one point. null where there is no ratio. */
export type ResultRow = Readonly<Record<string, number | string | null>>;

/**
 * The rows of a finished point, from the summaries of all its replicas in their order. Columns: point (from 0), parameters,
 * probe (from 1), stimulus (JSON), then for each quantity Theory, Simulation, StandardError, Ratio, RatioStandardError,
 * then the losses in the same way, replicas and steps (of all replicas together). Units as in docs/output.md.
 */
export function resultRows(index: number, point: PointSnapshot, summaries: readonly ReplicaSummary[]): ResultRow[] {
  const { task, theory, parameters, replicas } = point;
  const estimates = estimate(task.measurement, summaries);
  const { taskLoss, regularizedLoss } = estimates;
  const losses = {
    ...compared('loss', theory.taskLoss, taskLoss, ratio(taskLoss, theory.taskLoss)),
    ...compared(
      'regularizedLoss',
      theory.regularizedLoss,
      regularizedLoss,
      ratio(regularizedLoss, theory.regularizedLoss),
    ),
  };
  const steps = replicas * (task.burnIn + (task.measurement.samples - 1) * task.measurement.lag);
  return theory.probes.map((probe, k) => ({
    point: index,
    ...parameters,
    probe: k + 1,
    stimulus: JSON.stringify(probe.stimulus),
    ...Object.fromEntries(
      quantities.flatMap((quantity) => Object.entries(quantityCells(quantity, probe, estimates.probes[k]))),
    ),
    ...losses,
    replicas,
    steps,
  }));
}

function quantityCells(quantity: (typeof quantities)[number], probe: ProbeTheory, own: ProbeEstimates): ResultRow {
  // As in record.ts: |v| is cut at zero, its ratio is that of the signed component along the predicted direction.
  const measured = quantity === 'directedSpeed' ? own.speedAlongDriftDirection : own[quantity];
  const error = quantity === 'diffusion' ? (probe.diffusionStandardError ?? 0) : 0;
  return compared(quantity, probe[quantity], own[quantity], ratio(measured, probe[quantity], error));
}

function compared(name: string, theory: number, measured: Estimate, quotient: Estimate | null): ResultRow {
  return {
    [`${name}Theory`]: theory,
    [`${name}Simulation`]: measured.value,
    [`${name}StandardError`]: measured.se,
    [`${name}Ratio`]: quotient?.value ?? null,
    [`${name}RatioStandardError`]: quotient?.se ?? null,
  };
}
