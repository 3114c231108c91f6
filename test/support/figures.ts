// Figures of data made by formulas, none of it simulated: enough to see every kind of mark.
import { parseHTML } from 'linkedom';
import {
  drawFigure,
  equalityLine,
  sweepGrid,
  type ClaimsMapCell,
  type ClaimsMapSpot,
  type FigureDocument,
  type FigureTable,
  type Panel,
  type SimilarityMatrix,
  type SweepRow,
  type Trajectory,
} from '../../src/figure/index.js';
import { recordingTables } from './recording-tables.js';

export const { document } = parseHTML('<!doctype html><html><body></body></html>') as { document: FigureDocument };

const rates = [0.002, 0.005, 0.01, 0.02];

/** D = 0.003 eta^3 in theory, 1 + 20 eta times as much at the next order, 1 + 21 eta times in the simulation. */
const learningRates: Panel = {
  title: 'Diffusion against learning rate',
  x: { label: 'learning rate η', scale: 'log' },
  y: { label: 'diffusion D (activation² per step)', scale: 'log' },
  theory: [
    { series: 'theory', points: rates.map((x) => ({ x, y: 0.003 * x ** 3 })) },
    {
      series: 'theory, next order',
      dashed: true,
      points: rates.map((x) => ({ x, y: 0.003 * x ** 3 * (1 + 20 * x) })),
    },
  ],
  simulation: [
    {
      series: 'simulation',
      points: rates.map((x) => ({ x, y: 0.003 * x ** 3 * (1 + 21 * x), se: 0.0005 * x ** 3 })),
    },
  ],
};

const ratios: Panel = {
  title: 'Simulation over theory',
  x: { label: 'learning rate η', scale: 'linear', domain: [0, 0.022] },
  y: { label: 'ratio of the diffusion coefficients', scale: 'linear' },
  theory: [
    {
      series: 'theory, next order',
      dashed: true,
      points: [0, ...rates].map((x) => ({ x, y: 1 + 20 * x })),
      errors: [0, ...rates].map((x) => 300 * x ** 2),
    },
  ],
  simulation: [{ series: 'simulation', points: rates.map((x) => ({ x, y: 1 + 21 * x, se: 0.04 })) }],
  referenceLine: equalityLine,
};

const crowd = Array.from({ length: 10 }, (_, k) => ({
  x: 5e-4 * (1 + 0.08 * k + 0.02 * ((7 * k) % 3)),
  y: 5e-4 * (1 + 0.08 * k),
  se: 1e-5 * (1 + k),
}));

/** Ten digits close to one another. */
const digits: Panel = {
  title: 'Fluctuation of ten digits',
  x: { label: 'F in theory (activation²)', scale: 'log' },
  y: { label: 'F in simulation (activation²)', scale: 'log' },
  theory: [
    {
      series: 'equality',
      points: [
        { x: 3e-4, y: 3e-4 },
        { x: 2e-3, y: 2e-3 },
      ],
    },
  ],
  simulation: [{ series: 'digits', points: crowd }],
  labels: crowd.map(({ x, y }, k) => ({ x, y, text: `digit ${k}` })),
};

const lags = [1, 10, 100, 1e4, 1e6];

/** Two stimuli with both line and points; bars that reach below 0, and one value below 0, on a logarithmic axis. */
const displacements: Panel = {
  title: 'Displacement with large errors',
  x: { label: 'lag (steps)', scale: 'log' },
  y: { label: 'mean squared displacement (activation²)', scale: 'log' },
  theory: [1e-8, 5e-8].map((d, k) => ({
    series: `stimulus ${k + 1}`,
    points: [1, 1e6].map((x) => ({ x, y: d * x })),
  })),
  simulation: [
    { series: 'stimulus 1', points: lags.map((x) => ({ x, y: 1e-8 * x, se: 2e-8 * x })) },
    { series: 'stimulus 2', points: lags.map((x) => ({ x, y: x === 100 ? -1e-7 : 5e-8 * x, se: 2e-9 * x })) },
  ],
};

export const panels = { learningRates, ratios, digits, displacements };

/**
 * Slopes below zero left of a diagonal; values that are rounded, as in an experiment file, so their ratios are not
 * constant.
 */
const cells: ClaimsMapCell[] = [0, 0.1, 0.2].flatMap((from, panel) =>
  [0.02, 0.057, 0.16, 0.45].flatMap((weightDecay, row) =>
    [1e-4, 2.15e-3, 0.0464, 1].map((labelNoiseVariance, column) => ({
      weightDecay,
      labelNoiseVariance,
      from,
      to: Number((from + 0.1).toFixed(1)),
      slope: (column - row + panel - 0.5) * 2,
      rank: column - row > 1 ? 2 : 1,
    })),
  ),
);

const spots: ClaimsMapSpot[] = [
  { weightDecay: 0.057, labelNoiseVariance: 0.0464, from: 0, to: 0.1, slope: { value: 1.2, se: 0.1 } },
  { weightDecay: 0.16, labelNoiseVariance: 0.01, from: 0.1, to: 0.2, slope: { value: -0.8, se: 0.1 } },
];

/** Four stimuli turning at different speeds, one on a smaller sphere. */
export const trajectories: Trajectory[] = [0, 1, 2, 3].map((k) => ({
  name: `stimulus ${k + 1}`,
  points: Array.from({ length: 61 }, (_, t) => {
    const [longitude, latitude] = [0.02 * t + 1.6 * k, 0.5 * Math.sin(0.03 * t + 2 * k)];
    const radius = k === 3 ? 1.4 : 2;
    return [
      radius * Math.cos(longitude) * Math.cos(latitude),
      radius * Math.sin(longitude) * Math.cos(latitude),
      radius * Math.sin(latitude),
    ] as const;
  }),
}));

export const names = Array.from({ length: 10 }, (_, k) => `digit ${k}`);

export const matrices: SimilarityMatrix[] = ['start', 'after 10⁶ steps', 'after 10⁸ steps'].map((title, k) => ({
  title,
  values: names.map((_, i) =>
    names.map((__, j) => (i === j ? 2 + 0.1 * i : Math.cos(i + j + (i - j) ** 2) + 0.02 * k)),
  ),
}));

const caption =
  'Data made by formulas: 10 dimensions, η = 0.002 to 0.02, γ = 0.1, 64 replicas, seed 1. Bars are one standard error.';

/** D = 0.003 eta^3 (1 + gamma) / probe in theory, 1 + 20 eta times as much in the simulation. */
export const sweepRows: SweepRow[] = rates.flatMap((learningRate) =>
  [0.05, 0.1, 0.2].flatMap((weightDecay) =>
    [1, 2, 3].map((probe) => {
      const diffusionTheory = (0.003 * learningRate ** 3 * (1 + weightDecay)) / probe;
      const diffusionRatio = 1 + 20 * learningRate;
      return {
        learningRate,
        weightDecay,
        probe,
        diffusionTheory,
        diffusionSimulation: diffusionRatio * diffusionTheory,
        diffusionSimulationStandardError: 0.03 * diffusionTheory,
        diffusionRatio,
        diffusionRatioStandardError: 0.03,
      };
    }),
  ),
);
/** The same theory between the swept values; none between 0.006 and 0.008. */
const sweepTheory: SweepRow[] = sweepGrid(rates).flatMap((learningRate) =>
  [1, 2, 3].map((probe) => ({
    learningRate,
    probe,
    diffusionTheory: learningRate > 0.006 && learningRate < 0.008 ? null : (0.003 * learningRate ** 3 * 1.1) / probe,
  })),
);
/** Theory 0 at the first learning rate. */
export const vanishing: SweepRow[] = sweepRows.map((row) =>
  row.learningRate === 0.002
    ? { ...row, diffusionTheory: 0, diffusionRatio: null, diffusionRatioStandardError: null }
    : row,
);
export const sweepAxes = {
  learningRate: { name: 'learningRate', label: 'learning rate η', values: rates },
  weightDecay: { name: 'weightDecay', label: 'weight decay γ', values: [0.05, 0.1, 0.2, 0.3] },
  diffusion: { name: 'diffusion', label: 'diffusion D (activation² per step)' },
};

/** D falls with the probe, and is not compared for the last; |v| alternates, and the simulation has no number for the second. */
const probeRows: SweepRow[] = [1, 2, 3, 4].map((probe) => {
  const diffusionTheory = probe === 4 ? 0 : 1e-6 / probe ** 3;
  const directedSpeedTheory = 1e-4 * (1 + (probe % 2));
  return {
    probe,
    diffusionTheory,
    diffusionSimulation: 1.2 * diffusionTheory + 1e-9,
    diffusionSimulationStandardError: 4e-8,
    diffusionRatio: probe === 4 ? null : 1.2,
    diffusionRatioStandardError: probe === 4 ? null : 0.05,
    directedSpeedTheory,
    directedSpeedSimulation: probe === 2 ? null : 0.9 * directedSpeedTheory,
    directedSpeedSimulationStandardError: probe === 2 ? null : 2e-5,
    directedSpeedRatio: probe === 2 ? null : 0.9,
    directedSpeedRatioStandardError: probe === 2 ? null : 0.1,
  };
});

/** What the figures are drawn from, by the names of their snapshots. */
export const tables = {
  comparison: { kind: 'comparison', panels: Object.values(panels) },
  single: { kind: 'comparison', panels: [learningRates] },
  trajectories: {
    kind: 'trajectories',
    trajectories,
    axes: ['PC 1 (activation)', 'PC 2 (activation)', 'PC 3 (activation)'],
  },
  similarity: { kind: 'similarity', matrices, names },
  'sweep-curves': {
    kind: 'sweep',
    rows: sweepRows.filter(({ weightDecay }) => weightDecay === 0.1).reverse(),
    axes: [sweepAxes.learningRate],
    quantity: sweepAxes.diffusion,
    theory: sweepTheory,
  },
  'sweep-maps': {
    kind: 'sweep',
    rows: sweepRows.filter(({ probe }) => probe === 1),
    axes: [sweepAxes.learningRate, sweepAxes.weightDecay],
    quantity: sweepAxes.diffusion,
  },
  probes: {
    kind: 'probes',
    rows: probeRows,
    quantities: [
      { ...sweepAxes.diffusion, symbol: 'D' },
      { name: 'directedSpeed', label: 'directed speed |v| (activation per step)', symbol: '|v|' },
    ],
  },
  'claims-map': { kind: 'claims-map', cells, spots },
} as const satisfies Readonly<Record<string, FigureTable>>;

interface TestDrawing {
  readonly name: string;
  readonly width: number;
  readonly svg: string;
}

const drawingsOf = (named: Readonly<Record<string, FigureTable>>, widths: readonly number[]): TestDrawing[] =>
  Object.entries(named).flatMap(([name, table]) =>
    widths.map((width) => ({
      name: `${name}-${width}`,
      width,
      svg: drawFigure(table, document, { width, title: `Test of ${name}`, caption }),
    })),
  );

/** Every figure for a page and for a phone. */
export const drawings = drawingsOf(tables, [720, 340]);

/** Those of recordings; for a phone those that differ there. */
export const recordingDrawings = [
  ...drawingsOf(recordingTables, [720]),
  ...drawingsOf(
    Object.fromEntries(
      (['displacement', 'codes', 'stimuli', 'sessions'] as const).map((name) => [name, recordingTables[name]]),
    ),
    [340],
  ),
];

/** Options of a drawing for a single test. */
export const options = { width: 720, title: 'test' };

/** The SVG of a drawing by its name. */
export const svgOf = (name: string): string =>
  [...drawings, ...recordingDrawings].find((other) => other.name === name)?.svg ?? '';
