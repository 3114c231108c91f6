import { domainOf, type Axis } from '../drawing/axis.js';
import { assertFinite, assertPositive } from '../drawing/check.js';
import type { XY } from './clip.js';

/** Theory: a line through points in their order, or open markers if nothing is known between the points. */
export interface Curve {
  /** Text of the legend, e.g. `theory`, `theory, next order`, or the name of a stimulus. */
  readonly series: string;
  readonly points: readonly XY[];
  /** Half widths of a band around the line, one for each point: what the theory may be off. */
  readonly errors?: readonly number[];
  readonly dashed?: boolean;
  readonly open?: boolean;
}

/** Simulation: points with error bars of one standard error to both sides. */
export interface Dots {
  readonly series: string;
  readonly points: readonly { readonly x: number; readonly y: number; readonly se: number }[];
}

/** A thin horizontal line, and its text in the legend. */
export interface ReferenceLine {
  readonly y: number;
  readonly text: string;
}

/** The reference line of a panel of ratios. */
export const equalityLine: ReferenceLine = { y: 1, text: 'simulation = theory' };

export interface Panel {
  readonly title?: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly theory: readonly Curve[];
  readonly simulation: readonly Dots[];
  readonly referenceLine?: ReferenceLine;
  /** A shaded area behind everything else, between two heights at each x. */
  readonly band?: readonly { readonly x: number; readonly low: number; readonly high: number }[];
  /** Names beside dots, at the coordinates of the dots. */
  readonly labels?: readonly { readonly x: number; readonly y: number; readonly text: string }[];
  /** Whether the names keep clear of lines, too, where there is space. */
  readonly labelsBesideLines?: boolean;
}

export type Domains = Readonly<Record<'x' | 'y', readonly [number, number]>>;

/** The ends of both axes, by what the panel shows. Throws TypeError for numbers that cannot be drawn. */
export function domainsOf(panel: Panel, where: string): Domains {
  const { theory, simulation, referenceLine, labels = [], band = [] } = panel;
  const lines = theory.flatMap(({ points }) => points);
  const dots = simulation.flatMap(({ points }) => points);
  const xs = [...lines, ...dots].map(({ x }) => x);
  const ys = [...lines.map(({ y }) => y), ...band.flatMap(({ low, high }) => [low, high])];
  if (referenceLine !== undefined) ys.push(referenceLine.y);
  assertFinite(`${where}, x`, [...xs, ...(panel.x.domain ?? [])]);
  assertFinite(`${where}, y`, [...ys, ...(panel.y.domain ?? [])]);
  assertFinite(
    `${where}, simulation`,
    dots.flatMap(({ y, se }) => [y, se]),
  );
  assertFinite(
    `${where}, labels`,
    labels.flatMap(({ x, y }) => [x, y]),
  );
  assertFinite(
    `${where}, bands`,
    theory.flatMap(({ errors = [] }) => errors),
  );
  if (panel.x.scale === 'log') assertPositive(`${where}, x`, [...xs, ...(panel.x.domain ?? [])]);
  const isLog = panel.y.scale === 'log';
  if (isLog) assertPositive(`${where}, y`, [...ys, ...(panel.y.domain ?? [])]);
  // On a logarithmic axis an error as large as its value would stretch the axis to infinity.
  const bars = dots.flatMap(({ y, se }) => (isLog ? [y, y + se, Math.max(y - se, y / 2)] : [y, y + se, y - se]));
  const visible = [...ys, ...(isLog ? bars.filter((value) => value > 0) : bars)];
  if (xs.length === 0 || visible.length === 0) {
    throw new TypeError(`${where}: there is nothing that its axes can show`);
  }
  const domains = {
    x: panel.x.domain ?? domainOf(panel.x.scale, xs),
    y: panel.y.domain ?? domainOf(panel.y.scale, visible),
  };
  const outside = dots.find(({ x }) => !isInside(x, domains.x));
  if (outside)
    throw new TypeError(`${where}: the axis of x, ${domains.x.join(' to ')}, leaves out the point at ${outside.x}`);
  return domains;
}

export const isInside = (value: number, [low, high]: readonly [number, number]): boolean =>
  value >= low && value <= high;

/** Whether any point of the simulation is above or below the axis. */
export const isOffScale = ({ simulation }: Panel, domains: Domains): boolean =>
  simulation.some(({ points }) => points.some(({ y }) => !isInside(y, domains.y)));
