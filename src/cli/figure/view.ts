import { columnNames, InvalidInputError } from '#core';
import {
  columnOf,
  lossNames,
  lossQuantities,
  parameterLabel,
  PHASE,
  quantityLabel,
  quantityNames,
  type LossName,
  type PointSnapshot,
  type QuantityName,
} from '#experiment';
import { phaseLabel, phaseNames, withPhaseNumbers } from './phase-axis.js';
import { figuresFor, MAX_SERIES, type Figure, type SweepTable } from '#figure';
import type { Row, RunDirectory } from '#store';
import { quantityChoices, quantityNamed } from '../sweep/aliases.js';
import type { FigureInput } from './input.js';
import { sweptRows } from '../sweep/query.js';

export interface FigureChoice extends Omit<FigureInput, 'probe'> {
  /** Numbers of the probes, from 1. */
  readonly probe?: readonly number[];
  readonly where?: readonly string[];
  /** Points in the table, where that is not all. */
  readonly partial?: number | null;
}

/** What a figure can show: the quantities of a probe, and the losses of all inputs together. */
const drawnQuantities: readonly string[] = [...quantityNames, ...lossNames];

/** What the figures show. */
export interface View {
  readonly axes: SweepTable['axes'];
  readonly quantity: DrawnQuantity;
  readonly probes: Probes;
  /** How the legend and the caption call a probe, by its number. */
  readonly nameOf: (probe: number) => string;
  /** The rows of those probes. */
  readonly table: SweepTable;
  readonly figures: readonly Figure[];
}

/** What is to be drawn of a table. Throws InvalidInputError if no figure shows that. */
export function viewOf(
  run: RunDirectory,
  { assignments, theory: { probes: followed } }: PointSnapshot,
  given: readonly Row[],
  swept: readonly string[],
  { quantity: asked = 'diffusion', probe, where = [], ...choice }: FigureChoice,
): View {
  const quantity = drawnQuantity(asked);
  if (probe !== undefined && isOfAll(quantity)) {
    throw new InvalidInputError(
      `--probe ${probe.join(',')}: the ${lossQuantities[quantity].name} is that of all stimuli together; leave --probe out`,
    );
  }
  if (given.length === 0) throw new InvalidInputError('there are no rows to draw');
  const phases = phaseNames(sweptRows(run.manifest, swept, []));
  const [rows, whole] = [given, sweptRows(run.manifest, swept, where)].map((those) => withPhaseNumbers(those, phases));
  const names = swept.filter((name) => new Set(whole.map((row) => row[name])).size > 1);
  if (names.length === 0) {
    throw new InvalidInputError('no parameter varies; give --where point=0, say, for one point');
  }
  const texts = names.find((name) => whole.some((row) => typeof row[name] !== 'number'));
  if (texts !== undefined) {
    throw new InvalidInputError(`${texts} has values that are no numbers; fix it by --where`);
  }
  const { xLabel, yLabel } = choice;
  const labelOf = (axis: string): string | undefined =>
    axis === PHASE ? phaseLabel(phases) : assignments.find(({ name }) => columnOf(name) === axis)?.label;
  const isMap = names.length > 1;
  const axes = names.map((name, k) => ({
    name,
    label: (k === 0 ? xLabel : isMap && k === 1 ? yLabel : undefined) ?? labelOf(name) ?? parameterLabel(name),
    values: [...new Set(whole.map((row) => Number(row[name])))],
  }));
  const scales = scalesOf(choice.log);
  const nameOf = (number: number): string => followed.at(number - 1)?.label ?? `probe ${number}`;
  if (scales?.x === 'log' && !isMap) assertLog('x', axes[0].label, axes[0].values);
  for (const probes of probeChoices(rows, quantity, probe)) {
    const isShown = new Set(probes.shown);
    const shown = rows.filter((row) => isShown.has(Number(row.probe)));
    const label = (isMap ? undefined : yLabel) ?? quantityLabel(quantity);
    if (scales?.y === 'log') assertLogQuantity(label, shown, quantity);
    const table: SweepTable = { kind: 'sweep', rows: shown, axes, quantity: { name: quantity, label }, scales };
    const figures = figuresFor(table);
    if (figures.length > 0) return { axes, quantity, probes, nameOf, table, figures };
  }
  if (probe !== undefined && probe.length > 1) {
    throw new InvalidInputError(
      isMap
        ? `--probe ${probe.join(',')}: a figure over ${names.length} parameters shows one probe; give one, or fix a parameter by --where`
        : `--probe ${probe.join(',')}: one figure shows at most ${MAX_SERIES} probes`,
    );
  }
  throw new InvalidInputError(
    `${names.length} parameters vary (${names.join(', ')}), and no figure shows so many; fix some by --where`,
  );
}

/** A loss is that of all stimuli together, the same in the row of every probe. */
export const isOfAll = (quantity: DrawnQuantity): quantity is LossName => lossNames.some((name) => name === quantity);

export type DrawnQuantity = QuantityName | LossName;

const isDrawn = (name: string): name is DrawnQuantity => drawnQuantities.includes(name);

/** The quantity of a name or alias. Throws InvalidInputError. */
export function drawnQuantity(given: string): DrawnQuantity {
  const quantity = quantityNamed(given) ?? given;
  if (isDrawn(quantity)) return quantity;
  throw new InvalidInputError(`--quantity ${quantity}: expected one of ${quantityChoices}, or ${lossNames.join(', ')}`);
}

interface Probes {
  readonly shown: readonly number[];
  readonly all: number;
}

/** The numbers of the probes of rows, ascending. Throws InvalidInputError if some of those asked for are none of them. */
export function probesIn(rows: readonly Row[], asked: readonly number[] = []): number[] {
  const all = [...new Set(rows.map((row) => Number(row.probe)))].sort((a, b) => a - b);
  const unknown = asked.find((number) => !all.includes(number));
  if (unknown === undefined) return all;
  throw new InvalidInputError(`--probe ${unknown}: expected some of ${all.join(', ')}`);
}

/** The probes to show, in order of preference: as many as a figure can show. */
function probeChoices(rows: readonly Row[], quantity: DrawnQuantity, probe: readonly number[] | undefined): Probes[] {
  const all = probesIn(rows, probe);
  if (probe !== undefined) return [{ shown: probe, all: all.length }];
  const counts = isOfAll(quantity) ? [1] : [all.length, MAX_SERIES, 1];
  return counts.map((count) => ({ shown: all.slice(0, count), all: all.length }));
}

/** The scales that `--log` asks for; undefined where the values decide. */
export function scalesOf(log: FigureInput['log']): SweepTable['scales'] {
  if (log === undefined) return undefined;
  const scale = (axis: string) => (log.includes(axis) ? 'log' : 'linear');
  return log === 'none' ? { x: 'linear', y: 'linear' } : { x: scale('x'), y: scale('y') };
}

/** Throws InvalidInputError for a quantity that a logarithmic axis cannot show. */
export function assertLogQuantity(label: string, rows: readonly Row[], quantity: DrawnQuantity): void {
  const { theory, simulation } = columnNames(quantity);
  const predicted = rows.map((row) => Number(row[theory]));
  // The simulation of what is 0 may be below it by its errors.
  const isPredicted = predicted.some((value) => value !== 0);
  assertLog('y', label, isPredicted ? predicted : rows.map((row) => Number(row[simulation])));
}

/** Throws InvalidInputError for values that a logarithmic axis cannot show: below 0, or nothing above it. */
function assertLog(axis: 'x' | 'y', label: string, values: readonly number[]): void {
  const below = values.find((value) => value < 0);
  if (below === undefined && values.some((value) => value > 0)) return;
  throw new InvalidInputError(
    `--log ${axis}: found ${below ?? 'nothing above 0'} in ${label}, expected values of at least 0 and some above it`,
  );
}
