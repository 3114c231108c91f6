import type { Estimate } from '#core';
import type {
  ExtrapolationRecord,
  PointHeader,
  PointRecord,
  ProbeComparison,
  ProbeTheory,
  Quantity,
  RunReport,
  TheoryRecord,
  TheoryReport,
} from '#experiment';
import { quantities } from '#experiment';
import Table from 'cli-table3';
import Papa from 'papaparse';

const nextQuantities = ['squaredNorm', 'fluctuation', 'diffusion'] as const;
export const names = { squaredNorm: '|h|^2', fluctuation: 'F', diffusion: 'D', directedSpeed: '|v|' };

/** `meander theory` for a person; with the self-correlation of the probes over time where that was asked for. */
export function theoryTable({ name, points }: TheoryReport, withCourses: boolean): string {
  return points
    .map((point) => {
      const next = point.probes.some((probe) => probe.nextOrder);
      const head = ['probe', '|h|^2', 'F(x)', 'D(x) per step', '|v(x)| per step'];
      const table = newTable(next ? [...head, '|h|^2 to next order', 'F(x)', 'D(x), in part'] : head);
      point.probes.forEach((probe, k) => {
        table.push([
          label(probe, k),
          short(probe.squaredNorm),
          short(probe.fluctuation),
          predictedDiffusion(probe),
          short(probe.directedSpeed),
          ...(probe.nextOrder ? nextQuantities.map((quantity) => short(probe.nextOrder?.[quantity] ?? NaN)) : []),
        ]);
      });
      const losses = `loss ${short(point.loss.theory)}, regularised loss ${short(point.regularizedLoss.theory)}`;
      return `${heading(name, point)}\n${summary(point)}\n${losses}\n${table.toString()}\n${sampledNote(point)}${withCourses ? courseTable(point) : ''}`;
    })
    .join('\n');
}

function courseTable({ courses, probes }: TheoryRecord): string {
  const table = newTable(['steps', ...probes.map(label)]);
  courses.steps.forEach((steps, i) => {
    const row = courses.selfCorrelation[i].map((value) => (value === null ? '-' : short(value)));
    table.push([short(steps), ...row]);
  });
  return `self-correlation of the representations\n${table.toString()}\n`;
}

/** `meander run` for a person: theory, simulation and their ratio, with standard errors. */
export function runTable({ name, points, extrapolation }: RunReport): string {
  return [...points.map((point) => pointTable(name, point)), ...extrapolation.map(extrapolationTable)].join('\n');
}

function pointTable(name: string, point: PointRecord): string {
  const { plan } = point;
  const next = point.probes.some((probe) => probe.nextOrder);
  const head = ['probe', '', 'theory', 'simulation', 'simulation / theory'];
  const table = newTable(next ? [...head, 'next order', 'simulation / next order'] : head);
  point.probes.forEach((probe, k) => {
    quantities.forEach((quantity, i) => {
      const ratio = probe.ratio[quantity];
      table.push([
        i === 0 ? label(probe, k) : '',
        names[quantity],
        quantity === 'diffusion' ? predictedDiffusion(probe) : short(probe[quantity]),
        withError(probe.simulation[quantity]),
        ratio ? withError(ratio) : '-',
        ...(probe.nextOrder ? nextCells(probe.nextOrder, quantity) : []),
      ]);
    });
  });
  const lines = [
    heading(name, point),
    summary(point),
    `loss               theory ${alike(point.loss)}, simulation ${withError(point.loss.simulation)}`,
    `regularised loss   theory ${alike(point.regularizedLoss)}, simulation ${withError(point.regularizedLoss.simulation)}`,
    table.toString(),
    ...farFromTheory(point),
    courseLine(point),
    ...partLine(point),
    `${plan.replicas} replicas, seed ${plan.seed}; burn-in ${plan.burnIn}, lag ${plan.lag}, duration ${plan.duration} steps ` +
      `(relaxation time ${short(point.relaxationTime)}); ${short(planned(plan))} replica-steps` +
      (point.seconds === null ? '' : ` in ${point.seconds.toFixed(1)} s`),
  ];
  return `${lines.join('\n')}\n${sampledNote(point)}`;
}

function nextCells(next: NonNullable<ProbeComparison['nextOrder']>, quantity: Quantity): string[] {
  if (quantity === 'directedSpeed') return ['-', '-'];
  const ratio = next.ratio[quantity];
  return [short(next[quantity]), ratio ? withError(ratio) : '-'];
}

const planned = ({ replicas, burnIn, duration }: PointRecord['plan']): number => replicas * (burnIn + duration);

/** What there is of a point whose run was interrupted. */
function partLine({ plan, replicas, steps }: PointRecord): string[] {
  if (steps >= planned(plan)) return [];
  const part = `${((100 * steps) / planned(plan)).toPrecision(2)}%`;
  return [
    `interrupted: measured in ${replicas} of the replicas, and ${short(steps)} replica-steps (${part} of the plan)`,
  ];
}

/** D of the theory, with its error where it is sampled. */
const predictedDiffusion = ({ diffusion, diffusionStandardError = 0 }: ProbeTheory): string =>
  withError({ value: diffusion, se: diffusionStandardError });

const sampledNote = ({ path }: PointHeader): string =>
  path === 'sampled'
    ? 'note: the exact rotation tensor is too large here; the predicted D is an average over random samples and has a standard error\n'
    : '';

/** The prediction of a loss with as many digits as its measurement, so that the two can be compared by eye. */
function alike({ theory, simulation }: PointRecord['loss']): string {
  return withError({ value: theory, se: simulation.se }).split(' ')[0];
}

/** Beyond this departure of simulation / theory from 1 the leading order is not enough. */
const FAR = 0.3;

/** What is said of that. */
export const FAR_TEXT = `more than ${100 * FAR}% off the leading order in the learning rate: lower it`;

/** Whether a ratio simulation / theory is beyond it for certain. */
export const isFar = ({ value, se }: Estimate): boolean => Math.abs(value - 1) > FAR + 3 * se;

function farFromTheory({ probes }: PointRecord): string[] {
  const notes = quantities.map((quantity) => {
    const far = probes.flatMap((probe, k) => {
      const ratio = probe.ratio[quantity];
      return ratio && isFar(ratio) ? [k + 1] : [];
    });
    return far.length === 0 ? '' : `note: ${names[quantity]} of probe ${far.join(', ')} is ${FAR_TEXT}`;
  });
  return notes.filter((note) => note !== '');
}

/** What happened between the first and the last sample: codes turn, their similarity stays. */
function courseLine({ courses }: PointRecord): string {
  const last = courses.steps.length - 1;
  const self = courses.selfCorrelation[last].flatMap((estimate) => (estimate ? [estimate.value] : []));
  const change = courses.similarityChange[last];
  if (self.length === 0 || !change) return 'no probe is represented';
  return (
    `after ${courses.steps[last]} steps: self-correlation of the representations ${short(Math.min(...self))} to ` +
    `${short(Math.max(...self))}, similarity matrix changed by ${withError(change)} of its norm`
  );
}

function extrapolationTable({ parameters, learningRates, probes }: ExtrapolationRecord): string {
  const table = newTable(['probe', '', 'ratio at eta -> 0', 'slope in eta', 'chi^2']);
  probes.forEach((probe, k) => {
    quantities.forEach((quantity, i) => {
      const fit = probe[quantity];
      table.push([
        i === 0 ? String(k + 1) : '',
        names[quantity],
        fit ? withError(fit.limit) : '-',
        fit ? withError(fit.slope) : '-',
        fit ? fit.chiSquare.toFixed(1) : '-',
      ]);
    });
  });
  const rates = learningRates.map(String).join(', ');
  return (
    `simulation / theory extrapolated to learning rate 0 from ${rates} (${describe(parameters)})\n` +
    `${table.toString()}\nexpected chi^2 of a row: ${learningRates.length - 2}; the errors are statistical only\n${curved(probes, learningRates)}`
  );
}

/** A straight line serves while the ratio changes little over the rates. */
function curved(probes: ExtrapolationRecord['probes'], learningRates: readonly number[]): string {
  const steepest = Math.max(
    ...probes.flatMap((probe) =>
      quantities.map((quantity) => {
        const fit = probe[quantity];
        return fit ? Math.abs(fit.slope.value) - 3 * fit.slope.se : 0;
      }),
    ),
  );
  const change = steepest * (Math.max(...learningRates) - Math.min(...learningRates));
  return change > FAR
    ? `note: a ratio changes by more than ${100 * FAR}% over these rates: a straight line is not reliable, lower them\n`
    : '';
}

/** One line per probe and point, for a spreadsheet. */
export function probesCsv({ points }: Pick<RunReport, 'points'>): string {
  const rows = points.flatMap((point) =>
    point.probes.map((probe, k) => ({
      ...point.parameters,
      probe: k + 1,
      stimulus: probe.stimulus.join(' '),
      ...Object.fromEntries(
        quantities.flatMap((quantity) => [
          [`${quantity}Theory`, probe[quantity]],
          ...measuredColumns(quantity, probe.simulation[quantity]),
        ]),
      ),
      diffusionTheoryStandardError: probe.diffusionStandardError ?? 0,
      ...angularColumns(probe),
    })),
  );
  return `${Papa.unparse(rows, { newline: '\n' })}\n`;
}

const measuredColumns = (name: string, { value, se }: Estimate): [string, number][] => [
  [`${name}Simulation`, value],
  [`${name}SimulationStandardError`, se],
];

/** D / |h|^2 (rad^2 per step), its error from those of both, taken as independent; nothing for what is not represented. */
function angularColumns({ diffusion, squaredNorm, simulation }: ProbeComparison): Record<string, number | string> {
  const name = 'angularDiffusion';
  const { diffusion: turned, squaredNorm: length } = simulation;
  if (!(squaredNorm > 0 && length.value > 0)) {
    return { [`${name}Theory`]: '', [`${name}Simulation`]: '', [`${name}SimulationStandardError`]: '' };
  }
  const value = turned.value / length.value;
  const se = Math.hypot(turned.se, value * length.se) / length.value;
  return { [`${name}Theory`]: diffusion / squaredNorm, ...Object.fromEntries(measuredColumns(name, { value, se })) };
}

const newTable = (head: string[]): Table.Table =>
  new Table({
    head,
    style: { head: [], border: [], compact: true },
    colAligns: head.map((_, i) => (i === 0 ? 'left' : 'right')),
  });

const heading = (name: string, { parameters }: PointHeader): string => `${name}: ${describe(parameters)}`;

const describe = (parameters: Record<string, unknown>): string =>
  Object.entries(parameters)
    .map(([key, value]) => `${key} ${JSON.stringify(value)}`)
    .join(', ');

function summary({ path, singularValues, rotationDiffusionEigenvalues: rotations }: PointHeader): string {
  const modes = `${singularValues.length} learned modes, singular values ${range(singularValues)}`;
  if (path === 'sampled') return `${modes}; rotation diffusion sampled`;
  const rotation = rotations.length === 0 ? 'none (one mode does not rotate)' : `${range(rotations)} rad^2 per step`;
  return `${modes}; rotation diffusion ${rotation}`;
}

function range(values: readonly number[]): string {
  const extreme = (pick: (a: number, b: number) => number): string => short(values.reduce((a, b) => pick(a, b)));
  const [low, high] = [extreme(Math.min), extreme(Math.max)];
  return low === high ? low : `${low} to ${high}`;
}

/** A probe by its number and its first coordinates, `2 (0.5, 1, 0, …)`; a unit vector by its axis, `4 (axis 4)`. */
function label({ stimulus }: ProbeTheory, k: number): string {
  const axis = stimulus.indexOf(1);
  if (axis >= 0 && stimulus.every((value, i) => value === (i === axis ? 1 : 0))) return `${k + 1} (axis ${axis + 1})`;
  const shown = stimulus.slice(0, 3).map((value) => String(Number(value.toPrecision(3))));
  return `${k + 1} (${shown.join(', ')}${stimulus.length > 3 ? ', …' : ''})`;
}

export const short = (value: number): string => String(Number(value.toPrecision(4)));

/** value ± se, both to the second digit of the error. */
function withError({ value, se }: Estimate): string {
  if (!(se > 0) || !Number.isFinite(se)) return short(value);
  const exponent = Math.floor(Math.log10(Math.max(Math.abs(value), se)));
  const digits = Math.max(0, exponent - Math.floor(Math.log10(se)) + 1);
  if (exponent >= -3 && exponent < 5) {
    const places = Math.max(0, digits - exponent);
    return `${value.toFixed(places)} ± ${se.toFixed(places)}`;
  }
  const power = 10 ** exponent;
  return `(${(value / power).toFixed(digits)} ± ${(se / power).toFixed(digits)})e${exponent}`;
}
