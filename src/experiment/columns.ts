import { ratio } from '#compare';
import { columnNames, errorColumnOf, type Estimate } from '#core';
import {
  cell,
  isIntegerParameter,
  isModelParameter,
  parameters as registry,
  parameterLabel,
  type ParameterName,
} from './parameters.js';
import {
  lossNames,
  lossQuantities,
  quantityLabel,
  quantityNames,
  quantityOf,
  type LossName,
  type QuantityName,
} from './quantities.js';
import type { PointRecord } from './report.js';

/** A column of the table of results: the same in CSV, Parquet, NPZ, JSON rows, terminals and pages. */
export interface Column {
  readonly name: string;
  readonly type: 'integer' | 'number' | 'text';
  /** How an axis or a caption calls it. */
  readonly label: string;
  readonly description: string;
  /** The column of its standard error, where it has one. */
  readonly errorColumn?: string;
}

/** A row: one probe at one point. null where there is no number. */
export type ResultRow = Readonly<Record<string, number | string | null>>;

/** What a row is made from: a point of a run, or of a sweep. */
export type ComparedPoint = Pick<PointRecord<null>, LossName | 'parameters' | 'probes' | 'replicas' | 'steps'>;

/** The rows of point number `index` (from 0), in the columns of `resultColumns`. */
export function resultRows(index: number, point: ComparedPoint): ResultRow[] {
  const { parameters, probes, replicas, steps } = point;
  const losses = lossNames.map((name) => {
    const { theory, simulation } = point[name];
    return comparedCells(name, theory, simulation, theory === null ? null : ratio(simulation, theory));
  });
  return probes.map((probe, k) => {
    const errors: Readonly<Record<string, unknown>> = probe;
    const cells = quantityNames.map((name) => ({
      ...comparedCells(name, probe[name], probe.simulation[name], probe.ratio[name]),
      ...(quantityOf(name).theoryError && {
        [columnNames(name).theoryError]: Number(errors[errorColumnOf(name)] ?? 0),
      }),
    }));
    return Object.assign(
      { point: index },
      Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, cell(value)])),
      { probe: k + 1, stimulus: JSON.stringify(probe.stimulus) },
      ...cells,
      ...losses,
      { replicas, steps },
    ) as ResultRow;
  });
}

/** The columns of the table whose points have these parameters, in order. */
export function resultColumns(parameters: readonly string[]): Column[] {
  return [
    { name: 'point', type: 'integer', label: 'point', description: 'number of the point, from 0' },
    ...parameters.map((name): Column => ({
      name,
      type: isIntegerParameter(name) ? 'integer' : 'number',
      label: parameterLabel(name),
      description: isModelParameter(name)
        ? registry[name as ParameterName].description
        : 'value that the sweep sets (JSON where it is neither a number nor a text)',
    })),
    { name: 'probe', type: 'integer', label: 'probe', description: 'number of the probe, from 1' },
    { name: 'stimulus', type: 'text', label: 'stimulus', description: 'its coordinates (JSON)' },
    ...quantityNames.flatMap((name) =>
      comparedColumns(name, quantityOf(name).description, quantityOf(name).theoryError !== undefined),
    ),
    ...lossNames.flatMap((name) => comparedColumns(name, lossQuantities[name].description, false)),
    { name: 'replicas', type: 'integer', label: 'replicas', description: 'replicas that were measured' },
    { name: 'steps', type: 'number', label: 'steps', description: 'replica-steps of the point, burn-in included' },
  ];
}

/** Names of the columns of whole numbers among those of a table. */
export const integerColumns = (names: readonly string[]): ReadonlySet<string> =>
  new Set(names.filter((name) => ['point', 'probe', 'replicas'].includes(name) || isIntegerParameter(name)));

function comparedColumns(name: QuantityName | LossName, description: string, isSampled: boolean): Column[] {
  const columns = columnNames(name);
  const label = quantityLabel(name);
  const number = (column: string, text: string, errorColumn?: string): Column => ({
    name: column,
    type: 'number',
    label,
    description: text,
    ...(errorColumn !== undefined && { errorColumn }),
  });
  return [
    number(columns.theory, `${description}: theory`, isSampled ? columns.theoryError : undefined),
    number(columns.simulation, `${description}: simulation`, columns.simulationError),
    number(columns.simulationError, 'its standard error'),
    number(columns.ratio, 'simulation / theory; empty where the theory says 0', columns.ratioError),
    number(columns.ratioError, 'its standard error'),
    ...(isSampled ? [number(columns.theoryError, 'standard error of the theory; 0 where it is exact')] : []),
  ];
}

function comparedCells(
  name: QuantityName | LossName,
  predicted: number | null,
  measured: Estimate | null,
  quotient: Estimate | null,
): ResultRow {
  const columns = columnNames(name);
  return {
    [columns.theory]: predicted,
    [columns.simulation]: measured?.value ?? null,
    [columns.simulationError]: measured?.se ?? null,
    [columns.ratio]: quotient?.value ?? null,
    [columns.ratioError]: quotient?.se ?? null,
  };
}
