import { ratio } from '#compare';
import { columnNames, formatEstimate, formatExact, MISSING, type Estimate, type NumberStyle } from '#core';
import { cell, isIntegerParameter, parameterDescription, parameterLabel } from './parameters.js';
import {
  lossNames,
  lossQuantities,
  plainSymbol,
  quantityLabel,
  quantityNames,
  quantityOf,
  type LossName,
  type QuantityName,
} from './quantities.js';
import type { PointRecord, ProbeComparison } from './report.js';
import { theoryErrorOf } from './theory/standard-error.js';

/** A cell; null where there is no number. */
export type ResultCell = number | string | null;

/** A row: one probe at one point. */
export type ResultRow = Readonly<Record<string, ResultCell>>;

/** What the rows of a point are made from: a point of a run, of a sweep, or of the page. */
export type ComparedPoint = Pick<PointRecord<null>, LossName | 'parameters' | 'replicas' | 'steps' | 'reflections'> & {
  readonly probes: readonly ProbeComparison<null>[];
};

/** What one row is made from; point and probe are counted from 0. */
interface RowSource {
  readonly index: number;
  readonly point: ComparedPoint;
  readonly k: number;
  readonly probe: ProbeComparison<null>;
}

/** How a table names, labels and describes a column, whatever its rows are. */
export interface ColumnHead {
  readonly name: string;
  /** `int32`: whole numbers of 32 bits; `integer`: whole numbers that may be larger. */
  readonly type: 'int32' | 'integer' | 'number' | 'text';
  /** How an axis or a caption calls it. */
  readonly label: string;
  readonly description: string;
  /** The column of its standard error, where it has one. */
  readonly errorColumn?: string;
}

/** A column of the table of results: the same in CSV, Parquet, NPZ, JSON rows, terminals, the page and the docs. */
export interface Column extends ColumnHead {
  readonly value: (row: RowSource) => ResultCell;
}

/**
 * The columns of the table whose points have these parameters, in order; with that of the labels where some probe has one
 * (`labelled`), and that of reflections where there are some (`reflected`). A new column is a new entry here.
 */
export function resultColumns(
  parameters: readonly string[],
  { labelled = false, reflected = false }: { readonly labelled?: boolean; readonly reflected?: boolean } = {},
): Column[] {
  return [
    {
      name: 'point',
      type: 'int32',
      label: 'point',
      description: 'number of the point, from 0',
      value: ({ index }) => index,
    },
    ...parameters.map(parameterColumn),
    {
      name: 'probe',
      type: 'int32',
      label: 'probe',
      description: 'number of the probe, from 1',
      value: ({ k }) => k + 1,
    },
    ...(labelled ? [labelColumn] : []),
    {
      name: 'stimulus',
      type: 'text',
      label: 'stimulus',
      description: 'its coordinates (JSON)',
      value: ({ probe }) => JSON.stringify(probe.stimulus),
    },
    ...quantityNames.flatMap(probeColumns),
    ...lossNames.flatMap((name) =>
      comparedColumns(name, lossQuantities[name].description, {
        theory: ({ point }) => point[name].theory,
        simulation: ({ point }) => point[name].simulation,
        ratio: ({ point }) => {
          const { theory, simulation } = point[name];
          return theory === null ? null : ratio(simulation, theory);
        },
      }),
    ),
    {
      name: 'replicas',
      type: 'int32',
      label: 'replicas',
      description: 'replicas that were measured',
      value: ({ point }) => point.replicas,
    },
    ...(reflected ? [reflectionsColumn] : []),
    {
      name: 'steps',
      type: 'integer',
      label: 'steps',
      description: 'replica-steps of the point, burn-in included',
      value: ({ point }) => point.steps,
    },
  ];
}

const labelColumn: Column = {
  name: 'probeLabel',
  type: 'text',
  label: 'label of the probe',
  description: 'its label; only where the experiment file labels some probe, empty for the others',
  value: ({ probe }) => probe.label ?? null,
};

const reflectionsColumn: Column = {
  name: 'reflections',
  type: 'int32',
  label: 'reflections',
  description:
    'increments of all replicas in which a mode changed its sign, so that only their rotation is measured; only where there are some',
  value: ({ point }) => point.reflections?.increments ?? null,
};

/** A column of the table of `meander theory`: the probe, or a quantity. */
interface TheoryColumn {
  /** null: the column of the probe. */
  readonly quantity: QuantityName | null;
  /** As the terminal writes it. */
  readonly head: string;
  readonly description: string;
}

/** The columns of the table of `meander theory`, which has a row for each probe. */
export const theoryColumns = (): TheoryColumn[] => [
  {
    quantity: null,
    head: 'probe',
    description:
      'number of the probe in the file, from 1, and its label or first coordinates; `axis k` is a unit vector',
  },
  ...quantityNames.map((quantity) => {
    const { description, unit } = quantityOf(quantity);
    const perStep = unit.endsWith('per step') ? ' per step' : '';
    return { quantity, head: `${plainSymbol(quantity)}${perStep}`, description: `${description} (${unit})` };
  }),
];

/** The rows of point number `index` (from 0). */
export function resultRows(index: number, point: ComparedPoint): ResultRow[] {
  const labelled = point.probes.some(({ label }) => label !== undefined);
  const reflected = point.reflections !== undefined;
  const columns = resultColumns(Object.keys(point.parameters), { labelled, reflected });
  return point.probes.map((probe, k) =>
    Object.fromEntries(columns.map(({ name, value }) => [name, value({ index, point, k, probe })])),
  );
}

/** The table of results of a report: a row for each probe at each point, in order. */
export const reportRows = ({ points }: { readonly points: readonly ComparedPoint[] }): ResultRow[] =>
  points.flatMap((point, index) => resultRows(index, point));

const knownColumns: ReadonlyMap<string, ColumnHead> = new Map(
  resultColumns([], { labelled: true, reflected: true }).map((column) => [column.name, column]),
);

/** The column of a name in any table of results; what is not in all of them is a parameter. */
export const columnNamed = (name: string): ColumnHead => knownColumns.get(name) ?? parameterColumn(name);

/** The parameters of the point of a row. */
export const parametersOfRow = (row: ResultRow): Record<string, ResultCell> =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !knownColumns.has(name)));

/** A cell by the type of its column: whole numbers and parameters are exact, a number has its standard error beside it. */
export function formatCell(name: string, row: ResultRow, style?: NumberStyle): string {
  const value = row[name] as ResultCell | undefined;
  if (typeof value !== 'number') return value ?? MISSING;
  const { type, errorColumn } = columnNamed(name);
  if (type !== 'number' || !knownColumns.has(name)) return formatExact(value, style);
  const se = errorColumn === undefined ? 0 : row[errorColumn];
  return formatEstimate({ value, se: typeof se === 'number' ? se : 0 }, style);
}

/** Names of the columns of 32-bit whole numbers among those of a table. */
export const integerColumns = (names: readonly string[]): ReadonlySet<string> =>
  new Set(names.filter((name) => columnNamed(name).type === 'int32'));

function parameterColumn(name: string): Column {
  return {
    name,
    type: isIntegerParameter(name) ? 'int32' : 'number',
    label: parameterLabel(name),
    description: parameterDescription(name),
    value: ({ point }) => cell(point.parameters[name]),
  };
}

interface Compared {
  readonly theory: (row: RowSource) => number | null;
  readonly simulation: (row: RowSource) => Estimate | null;
  readonly ratio: (row: RowSource) => Estimate | null;
}

function probeColumns(name: QuantityName): Column[] {
  const { description, theoryError } = quantityOf(name);
  const columns = comparedColumns(name, description, {
    theory: ({ probe }) => probe[name],
    simulation: ({ probe }) => probe.simulation[name],
    ratio: ({ probe }) => probe.ratio[name],
  });
  if (!theoryError) return columns;
  const [theory, ...measured] = columns;
  const errorColumn = columnNames(name).theoryError;
  return [
    { ...theory, errorColumn },
    ...measured,
    {
      name: errorColumn,
      type: 'number',
      label: theory.label,
      description: 'standard error of the theory; 0 where it is exact',
      value: ({ probe }) => theoryErrorOf(probe, name),
    },
  ];
}

function comparedColumns(name: QuantityName | LossName, description: string, compared: Compared): Column[] {
  const columns = columnNames(name);
  const { theory, simulation, ratio: quotient } = compared;
  const shared = { type: 'number', label: quantityLabel(name) } as const;
  return [
    { ...shared, name: columns.theory, description: `${description}: theory`, value: theory },
    {
      ...shared,
      name: columns.simulation,
      description: `${description}: simulation`,
      errorColumn: columns.simulationError,
      value: (row) => simulation(row)?.value ?? null,
    },
    {
      ...shared,
      name: columns.simulationError,
      description: 'its standard error',
      value: (row) => simulation(row)?.se ?? null,
    },
    {
      ...shared,
      name: columns.ratio,
      description: 'simulation / theory; empty where the theory says 0',
      errorColumn: columns.ratioError,
      value: (row) => quotient(row)?.value ?? null,
    },
    {
      ...shared,
      name: columns.ratioError,
      description: 'its standard error',
      value: (row) => quotient(row)?.se ?? null,
    },
  ];
}
