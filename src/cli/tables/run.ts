import { type Estimate, formatEstimate, formatLike, formatNumber, formatSteps, MISSING } from '#core';
import {
  lossNames,
  lossQuantities,
  plainSymbol,
  quantityNames,
  reflectionNote,
  type PointRecord,
  type ProbeComparison,
  type QuantityName,
  type RunReport,
} from '#experiment';
import { extrapolationTable } from './extrapolation.js';
import { farNotes } from './far.js';
import { fastestMeasured } from './fastest.js';
import { decompositionTable } from './noise-sources.js';
import { phaseTables } from './phases.js';
import { heading, probeLabel, range, terminalTable } from './terminal.js';
import { unsettledNotes } from './unsettled.js';
import { markedCell, sampledNote, uselessNotes } from './theory-cells.js';
import { velocityLines } from './velocity.js';

/**
 * `meander run` for a terminal of a width: theory, simulation and their ratio, with standard errors. `hasNextOrder`: for each point,
 * whether the next order can be asked for.
 */
export function runTable(
  { name, points, extrapolation, noiseSources = [] }: RunReport<null>,
  width?: number,
  hasNextOrder: readonly boolean[] = [],
): string {
  const blocks = [
    ...points.map((point, k) => pointTable(name, point, width, hasNextOrder.at(k))),
    ...phaseTables(points, width),
    ...extrapolation.map((record) => extrapolationTable(record, width)),
    ...noiseSources.map((record) => decompositionTable(record, width)),
  ];
  return `${blocks.join('\n')}${extrapolation.length > 0 ? fastestAtSmallestRate(points) : ''}`;
}

/** The answer once more, where extrapolations separate it from its point. */
function fastestAtSmallestRate(points: readonly PointRecord<null>[]): string {
  const rate = ({ parameters }: PointRecord<null>): number => parameters.learningRate as number;
  const point = points.reduce((least, other) => (rate(other) < rate(least) ? other : least));
  return fastestMeasured(point).replace('fastest:', `fastest at learning rate ${rate(point)}:`);
}

function pointTable(name: string, point: PointRecord<null>, width?: number, hasNextOrder?: boolean): string {
  const { plan } = point;
  const lines = [
    heading(name, point),
    ...lossNames.map((name) => `${lossQuantities[name].name.padEnd(18)} ${lossLine(point[name])}`),
    probeTable(point, width),
    ...uselessNotes(point, hasNextOrder),
    ...unsettledNotes(point),
    ...farNotes(point),
    ...reflectionLine(point),
    ...velocityLines(point),
    courseLine(point),
    ...interruptedLine(point),
    `${plan.replicas} replicas, seed ${plan.seed}; ${isLaterPhase(point) ? 'transient' : 'burn-in'} ${plan.burnIn}, lag ${plan.lag}, duration ${plan.duration} steps` +
      `${relaxationOf(point)}; ${formatSteps(plannedSteps(plan))} replica-steps` +
      (point.seconds === null ? '' : ` in ${point.seconds.toFixed(1)} s`),
  ];
  return `${lines.join('\n')}\n${sampledNote(point)}${fastestMeasured(point)}`;
}

function reflectionLine(point: PointRecord<null>): string[] {
  const text = reflectionNote([point]);
  return text === null ? [] : [`note: ${text}`];
}

const relaxationOf = ({ relaxationTime }: PointRecord<null>): string =>
  relaxationTime === null ? '' : ` (relaxation time ${formatNumber(relaxationTime)})`;

const isLaterPhase = ({ phase }: PointRecord<null>): boolean => (phase?.index ?? 0) > 0;

/** The prediction of a loss with as many digits as its measurement. */
const lossLine = ({ theory, simulation }: PointRecord<null>['loss']): string =>
  `${theory === null ? '' : `theory ${formatLike(theory, simulation.se)}, `}simulation ${formatEstimate(simulation)}`;

function probeTable({ probes, unpredicted }: PointRecord<null>, width: number | undefined): string {
  if (unpredicted !== undefined) return measuredTable(probes, width);
  const next = probes.some((probe) => probe.nextOrder);
  const head = ['probe', '', 'theory', 'simulation', 'simulation / theory'];
  const table = terminalTable(next ? [...head, 'next order', 'simulation / next order'] : head, { width, keys: 2 });
  probes.forEach((probe, k) => {
    quantityNames.forEach((name, i) => {
      const { simulation, ratio } = probe;
      table.push([
        i === 0 ? probeLabel(probe, k) : '',
        plainSymbol(name),
        markedCell(probe, name),
        estimateCell(simulation[name]),
        estimateCell(ratio[name]),
        ...(probe.nextOrder ? nextCells(probe.nextOrder, name) : []),
      ]);
    });
  });
  return table.toString();
}

/** What is measured of probes of which nothing is predicted. */
function measuredTable(probes: PointRecord<null>['probes'], width: number | undefined): string {
  const table = terminalTable(['probe', '', 'simulation'], { width, keys: 2 });
  probes.forEach((probe, k) => {
    const measured = quantityNames.filter((name) => probe.simulation[name]);
    measured.forEach((name, i) => {
      table.push([i === 0 ? probeLabel(probe, k) : '', plainSymbol(name), estimateCell(probe.simulation[name])]);
    });
  });
  return table.toString();
}

function nextCells({ ratio, ...next }: NonNullable<ProbeComparison['nextOrder']>, name: QuantityName): string[] {
  const values: Readonly<Partial<Record<QuantityName, number | null>>> = next;
  const ratios: Readonly<Partial<Record<QuantityName, Estimate | null>>> = ratio;
  const value = values[name] ?? null;
  return [value === null ? MISSING : formatNumber(value), estimateCell(ratios[name] ?? null)];
}

const estimateCell = (estimate: { readonly value: number; readonly se: number } | null): string =>
  estimate ? formatEstimate(estimate) : MISSING;

const plannedSteps = ({ replicas, burnIn, duration }: PointRecord<null>['plan']): number =>
  replicas * (burnIn + duration);

/** How much was measured of a point whose run was interrupted. */
function interruptedLine({ plan, replicas, steps }: PointRecord<null>): string[] {
  if (steps >= plannedSteps(plan)) return [];
  const part = `${((100 * steps) / plannedSteps(plan)).toPrecision(2)}%`;
  return [
    `interrupted: measured in ${replicas} of the replicas, and ${formatSteps(steps)} replica-steps (${part} of the plan)`,
  ];
}

/** What happened between the first and the last sample: codes turn, their similarity stays. */
function courseLine({ courses, probes }: PointRecord<null>): string {
  const last = courses.steps.length - 1;
  // What is not represented only fluctuates.
  const self = courses.selfCorrelation[last].flatMap((estimate, k) =>
    estimate && probes[k].squaredNorm !== 0 ? [estimate.value] : [],
  );
  const change = courses.similarityChange[last];
  if (self.length === 0 || !change) return 'no probe is represented';
  return (
    `after ${courses.steps[last]} steps: self-correlation of the representations ${range(self)}, ` +
    `similarity matrix changed by ${formatEstimate(change)} of its norm`
  );
}
