import { requireFinite, requirePositive } from './check.js';
import type { XY } from './clip.js';
import { domainOf, type Axis } from './ticks.js';

/** Theory: a line through points, in the order given, or open markers where there is no telling what lies between them. */
export interface Curve {
  /** Text of the legend, e.g. `theory`, `theory, next order`, or the name of a stimulus. */
  readonly series: string;
  readonly points: readonly XY[];
  readonly dashed?: boolean;
  readonly open?: boolean;
}

/** Simulation: points with bars of one standard error to both sides. */
export interface Dots {
  readonly series: string;
  readonly points: readonly { readonly x: number; readonly y: number; readonly se: number }[];
}

export interface Panel {
  readonly title?: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly theory: readonly Curve[];
  readonly simulation: readonly Dots[];
  /** A thin line at this y, e.g. 1 in a panel of ratios. */
  readonly reference?: number;
  /** What the legend says of it. */
  readonly referenceText?: string;
  /** Names beside dots, at their coordinates. */
  readonly labels?: readonly { readonly x: number; readonly y: number; readonly text: string }[];
}

export type Domains = Readonly<Record<'x' | 'y', readonly [number, number]>>;

/** The ends of both axes, from what the panel shows. Throws TypeError for numbers that cannot be drawn. */
export function domainsOf(panel: Panel, where: string): Domains {
  const { theory, simulation, reference, labels = [] } = panel;
  const lines = theory.flatMap(({ points }) => points);
  const dots = simulation.flatMap(({ points }) => points);
  const xs = [...lines, ...dots].map(({ x }) => x);
  const ys = lines.map(({ y }) => y);
  if (reference !== undefined) ys.push(reference);
  requireFinite(`${where}, x`, [...xs, ...(panel.x.domain ?? [])]);
  requireFinite(`${where}, y`, [...ys, ...(panel.y.domain ?? [])]);
  requireFinite(
    `${where}, simulation`,
    dots.flatMap(({ y, se }) => [y, se]),
  );
  requireFinite(
    `${where}, labels`,
    labels.flatMap(({ x, y }) => [x, y]),
  );
  if (panel.x.scale === 'log') requirePositive(`${where}, x`, [...xs, ...(panel.x.domain ?? [])]);
  const isLog = panel.y.scale === 'log';
  if (isLog) requirePositive(`${where}, y`, [...ys, ...(panel.y.domain ?? [])]);
  // On a logarithmic axis an error as large as its value would stretch the axis without end.
  const bars = dots.flatMap(({ y, se }) => (isLog ? [y, y + se, Math.max(y - se, y / 2)] : [y, y + se, y - se]));
  const seen = [...ys, ...(isLog ? bars.filter((value) => value > 0) : bars)];
  if (xs.length === 0 || seen.length === 0) throw new TypeError(`${where}: there is nothing that its axes can show`);
  const domains = {
    x: panel.x.domain ?? domainOf(panel.x.scale, xs),
    y: panel.y.domain ?? domainOf(panel.y.scale, seen),
  };
  const lost = dots.find(({ x }) => !isInside(x, domains.x));
  if (lost)
    throw new TypeError(`${where}: the axis of x, ${domains.x.join(' to ')}, leaves out the point at ${lost.x}`);
  return domains;
}

export const isInside = (value: number, [low, high]: readonly [number, number]): boolean =>
  value >= low && value <= high;

/** Whether a point of the simulation lies above or below the axis. */
export const isOffScale = ({ simulation }: Panel, domains: Domains): boolean =>
  simulation.some(({ points }) => points.some(({ y }) => !isInside(y, domains.y)));
