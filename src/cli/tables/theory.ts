import { formatNumber } from '#core';
import {
  plainSymbol,
  quantityNames,
  quantityOf,
  type QuantityName,
  type TheoryRecord,
  type TheoryReport,
} from '#experiment';
import { heading, NO_NUMBER, probeLabel, terminalTable } from './terminal.js';
import { predictedCell, sampledNote } from './theory-cells.js';

/** `meander theory` for a terminal; with the self-correlation of the probes over time where that was asked for. */
export function theoryTable({ name, points }: TheoryReport, withCourses: boolean): string {
  return points
    .map((point) => {
      const losses = `loss ${formatNumber(point.loss.theory)}, regularised loss ${formatNumber(point.regularizedLoss.theory)}`;
      return `${heading(name, point)}\n${losses}\n${probeTable(point)}\n${sampledNote(point)}${withCourses ? courseTable(point) : ''}`;
    })
    .join('\n');
}

function probeTable({ probes }: TheoryRecord): string {
  const next = probes.some((probe) => probe.nextOrder);
  const nextNames = next ? quantityNames : [];
  const table = terminalTable([
    'probe',
    ...quantityNames.map(head),
    ...nextNames.map((name) => `next order: ${head(name)}`),
  ]);
  probes.forEach((probe, k) => {
    const nextOrder: Readonly<Partial<Record<QuantityName, number | null>>> = probe.nextOrder ?? {};
    table.push([
      probeLabel(probe, k),
      ...quantityNames.map((name) => predictedCell(probe, name)),
      ...nextNames.map((name) => optional(nextOrder[name])),
    ]);
  });
  return table.toString();
}

function courseTable({ courses, probes }: TheoryRecord): string {
  const table = terminalTable(['steps', ...probes.map(probeLabel)]);
  courses.steps.forEach((steps, i) => {
    table.push([formatNumber(steps), ...courses.selfCorrelation[i].map(optional)]);
  });
  return `self-correlation of the representations\n${table.toString()}\n`;
}

/** `D per step`; the unit is that of docs/output.md. */
const head = (name: QuantityName): string =>
  `${plainSymbol(name)}${quantityOf(name).unit.endsWith('per step') ? ' per step' : ''}`;

const optional = (value: number | null | undefined): string =>
  value === null || value === undefined ? NO_NUMBER : formatNumber(value);
