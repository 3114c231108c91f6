// Tables of figures of recordings, made by formulas: none of it recorded. Sessions in unequal gaps, some numbers missing.
import type {
  CodesTable,
  DisplacementCourse,
  DisplacementTable,
  IncrementsTable,
  RecordedValue,
  SessionsTable,
  StimuliTable,
} from '../../src/figure/index.js';

const timeUnit = 'day';
const times = [0, 2, 4, 7, 8, 11, 14, 15];
const gaps = [1, 2, 3, 4, 7, 9, 12, 14];
const of = (value: number, se: number): RecordedValue => ({ value, se });
export const missing: RecordedValue = { value: null, se: null };

/** 2F = 0.37, D = 0.048 per day, both of |h|²; trial noise adds 0.5. */
const course = (name: string, rate = 0.048): DisplacementCourse => ({
  name,
  points: gaps.map((gap, k) => {
    const corrected = 0.37 + rate * gap + 0.03 * Math.sin(5 * k);
    return {
      gap,
      raw: of(corrected + 0.5, 0.03 + 0.003 * gap),
      corrected: gap === 9 ? missing : of(corrected, 0.05 + 0.005 * gap),
    };
  }),
  fit: gaps.map((gap) => ({ x: gap, y: 0.37 + rate * gap })),
  withinSession: of(0.01, 0.04),
});

const displacement: DisplacementTable = { kind: 'recording-displacement', timeUnit, recordings: [course('mouse 1')] };

const displacements: DisplacementTable = {
  kind: 'recording-displacement',
  timeUnit,
  recordings: ['mouse 1', 'mouse 2', 'mouse 3'].map((name, k) => course(name, 0.03 + 0.02 * k)),
};

const codes: CodesTable = {
  kind: 'recording-codes',
  timeUnit,
  points: gaps.map((gap, k) => {
    const c = 0.815 * Math.exp(-0.024 * gap);
    return {
      gap,
      selfCorrelation: of(c + 0.01 * Math.cos(7 * k), 0.03),
      predictedSelfCorrelation: c,
      similarity: gap === 4 ? missing : of(0.93 - 0.006 * gap, 0.02),
      independentSimilarity: 0.8 - 0.02 * gap,
      smoothSimilarity: gap < 10 ? 0.85 - 0.013 * gap : null,
    };
  }),
};

const rates = [0.9, 1.4, 0.2, 0.7, -0.1, 0.5, 1.1, 0.6];
const population = { diffusion: of(0.66, 0.1), relativeDiffusion: of(0.051, 0.009) };
const stimulus = (k: number, frequency: number | null) => ({
  label: `odour ${k + 1}`,
  frequency,
  diffusion: k === 5 ? missing : of(rates[k % rates.length] + 0.01 * k, 0.15 + 0.02 * (k % 5)),
  relativeDiffusion: of(0.07 * rates[k % rates.length] + 0.001 * k, 0.012),
});

const stimuli: StimuliTable = {
  kind: 'recording-stimuli',
  timeUnit,
  population,
  stimuli: rates.map((_, k) => stimulus(k, null)),
};

const frequencies: StimuliTable = {
  ...stimuli,
  stimuli: rates.map((_, k) => stimulus(k, Math.round(800 / (k + 1)))),
};

/** More stimuli than have room for their names. */
export const manyStimuli: StimuliTable = {
  ...stimuli,
  stimuli: Array.from({ length: 90 }, (_, k) => stimulus(k, null)),
};

const pairs = (value: (a: number, b: number) => number): (number | null)[][] =>
  times.map((a, i) => times.map((b, j) => (i === j ? null : value(Math.min(a, b), Math.max(a, b)))));

const sessions: SessionsTable = {
  kind: 'recording-sessions',
  timeUnit,
  times,
  matrices: [
    {
      title: 'Displacement',
      label: 'displacement / ‖h‖²',
      values: pairs((a, b) => (a === 2 && b === 14 ? NaN : 0.37 + 0.048 * (b - a))).map((row) =>
        row.map((value) => (Number.isNaN(value) ? null : value)),
      ),
    },
    { title: 'Codes', label: 'self-correlation', values: pairs((a, b) => 0.815 * Math.exp(-0.024 * (b - a))) },
    { title: 'Geometry', label: 'similarity S', values: pairs((a, b) => 0.93 - 0.006 * (b - a)) },
  ],
};

const tracked: SessionsTable = {
  kind: 'recording-sessions',
  timeUnit,
  times,
  matrices: [
    {
      title: 'Neurons recorded in both sessions',
      label: 'neurons',
      isCount: true,
      values: pairs((a, b) => 311 - 9 * (b - a) - ((7 * a) % 5)),
    },
  ],
};

/** Heavy tails. */
const increments: IncrementsTable = {
  kind: 'recording-increments',
  expected: Array.from({ length: 41 }, (_, k) => -2.5 + 0.125 * k),
  observed: Array.from({ length: 41 }, (_, k) => {
    const x = -2.5 + 0.125 * k;
    return x * (0.85 + 0.08 * x * x);
  }),
  kurtosis: of(4.3, 0.3),
};

/** What the figures of recordings are drawn from, by the names of their snapshots. */
export const recordingTables = {
  displacement,
  displacements,
  codes,
  stimuli,
  frequencies,
  sessions,
  tracked,
  increments,
} as const;
