import { formatEstimate, formatNumber, MISSING } from '#core';
import {
  lossNames,
  lossQuantities,
  plainSymbol,
  theoryColumns,
  type TheoryRecord,
  type TheoryReport,
} from '#experiment';
import { fastestInTheory } from './fastest.js';
import { noiseSourcesTable } from './noise-sources.js';
import { phaseTheoryTables } from './phases.js';
import { heading, probeLabel, terminalTable } from './terminal.js';
import { estimatedCell, percent, sampledNote, uselessNotes } from './theory-cells.js';

const columns = theoryColumns();

/**
 * `meander theory` for a terminal; with the self-correlation of the probes over time where that was asked for. `hasNextOrder`: for each
 * point, whether the next order can be asked for.
 */
export function theoryTable(
  { name, points, unpredicted = [] }: TheoryReport,
  withCourses: boolean,
  width?: number,
  hasNextOrder: readonly boolean[] = [],
): string {
  const tables = points.map((point, k) => {
    const losses = lossNames
      .map((loss) => `${lossQuantities[loss].name} ${formatNumber(point[loss].theory)}`)
      .join(', ');
    const notes = uselessNotes(point, hasNextOrder.at(k))
      .map((line) => `${line}\n`)
      .join('');
    return `${heading(name, point)}\n${losses}\n${probeTable(point, width)}\n${notes}${sourcesTable(point, width)}${sampledNote(point)}${withCourses ? courseTable(point, width) : ''}${point.noiseSources ? noiseSourcesTable(point.noiseSources, width) : ''}${fastestInTheory(point.probes)}`;
  });
  const measured = unpredicted.map((point) => `${heading(name, point)}\n`);
  return [...tables, ...measured, ...phaseTheoryTables(points, width)].join('\n');
}

function probeTable({ probes }: TheoryRecord, width: number | undefined): string {
  if (probes.some((probe) => probe.nextOrder)) return ordersTable(probes, width);
  const table = terminalTable(
    columns.map(({ head }) => head),
    { width },
  );
  probes.forEach((probe, k) => {
    table.push(
      columns.map(({ quantity }) => (quantity === null ? probeLabel(probe, k) : estimatedCell(probe, quantity))),
    );
  });
  return table.toString();
}

const quantityColumns = columns.flatMap(({ quantity, head }) => (quantity === null ? [] : [{ quantity, head }]));

/** Both orders of the learning rate: a row for each probe and quantity, so that the table is narrow. */
function ordersTable(probes: TheoryRecord['probes'], width: number | undefined): string {
  const table = terminalTable(['probe', '', 'leading\norder', 'next\norder', '± from the\nlearning rate'], {
    width,
    keys: 2,
  });
  probes.forEach((probe, k) => {
    quantityColumns.forEach(({ quantity: name, head }, i) => {
      const { nextOrder } = probe;
      const value = nextOrder?.[name];
      const left = nextOrder && typeof value === 'number' && value !== 0 ? nextOrder.learningRateError[name] : null;
      table.push([
        i === 0 ? probeLabel(probe, k) : '',
        head,
        estimatedCell(probe, name),
        optional(value),
        left === null ? MISSING : percent(left),
      ]);
    });
  });
  return table.toString();
}

/** D by source, where synaptic noise adds to it or there are several hidden layers; empty otherwise. */
function sourcesTable({ probes }: TheoryRecord, width: number | undefined): string {
  const isLayered = probes.some(({ layers }) => layers);
  if (!isLayered && !probes.some(({ sources }) => sources.synaptic > 0)) return '';
  const head = [
    'probe',
    ...(isLayered ? ['hidden\nlayer'] : []),
    plainSymbol('squaredNorm'),
    plainSymbol('fluctuation'),
    'D per step',
    'by learning\nnoise',
    'by synaptic\nnoise',
  ];
  const table = terminalTable(head, { width, keys: isLayered ? 2 : 1 });
  probes.forEach((probe, k) => {
    const layers = probe.layers ?? [probe];
    layers.forEach(({ squaredNorm, fluctuation, diffusion, sources }, layer) => {
      table.push([
        layer === 0 ? probeLabel(probe, k) : '',
        ...(isLayered ? [String(layer + 1)] : []),
        ...[squaredNorm, fluctuation, diffusion, sources.learning, sources.synaptic].map(optional),
      ]);
    });
  });
  return `diffusion by source\n${table.toString()}\n`;
}

function courseTable({ courses, probes }: TheoryRecord, width: number | undefined): string {
  const table = terminalTable(['steps', ...probes.map(probeLabel)], { width });
  courses.steps.forEach((steps, i) => {
    const errors = courses.learningRateError.selfCorrelation[i];
    const cells = courses.selfCorrelation[i].map((value, k) =>
      value === null ? MISSING : formatEstimate({ value, se: errors[k] ?? 0 }),
    );
    table.push([formatNumber(steps), ...cells]);
  });
  return `self-correlation of the representations, ± from the learning rate\n${table.toString()}\n`;
}

const optional = (value: number | null | undefined): string =>
  value === null || value === undefined ? MISSING : formatNumber(value);
