// An analysis made by hand, for tests of what is written of one: nothing in it was measured.
import type {
  AnalysisReport,
  GapPoint,
  Measured,
  Motion,
  RecordingReport,
  SessionPair,
} from '../../src/analyse/index.js';

const measured = (value: number, se: number): Measured => ({
  value,
  se,
  interval95: [value - 2 * se, value + 2 * se],
});

const unknown: Measured = { value: null, se: null, interval95: null };

const motion = (factor: number): Motion => ({
  strength: measured(12 * factor, 0.5),
  fluctuation: measured(2.2 * factor, 0.4),
  diffusion: measured(0.58 * factor, 0.13),
  directedSpeed: measured(0, 0.08),
  quadratic: measured(-0.003, 0.006),
  relativeDiffusion: measured(0.048, 0.011),
  halfLife: { value: 28.9, se: 6.6, interval95: [20, 52] },
});

const times = [0, 2, 4, 7, 9];

const pairs: SessionPair[] = times.flatMap((from, a) =>
  times.slice(a + 1).map((to, k): SessionPair => {
    const gap = to - from;
    return {
      sessions: [a, a + 1 + k],
      gap,
      neurons: 90 - 3 * gap,
      rawDisplacement: 0.9 + 0.05 * gap,
      displacement: a === 1 && k === 0 ? null : 0.37 + 0.048 * gap,
      selfCorrelation: 0.8 - 0.02 * gap,
      similarity: 0.95 - 0.004 * gap,
    };
  }),
);

const gaps: GapPoint[] = [2, 3, 5, 7, 9].map((gap) => ({
  gap,
  pairs: pairs.filter((pair) => pair.gap === gap).length,
  rawDisplacement: measured(0.9 + 0.05 * gap, 0.03),
  displacement: measured(0.37 + 0.05 * gap, 0.05),
  fittedDisplacement: 0.37 + 0.048 * gap,
  selfCorrelation: measured(0.8 - 0.02 * gap, 0.02),
  predictedSelfCorrelation: 0.81 - 0.02 * gap,
  similarity: gap === 3 ? unknown : measured(0.95 - 0.004 * gap, 0.01),
  independentSimilarity: 0.8 - 0.03 * gap,
  smoothSimilarity: 0.85 - 0.02 * gap,
}));

const recording = (name: string, factor = 1): RecordingReport => ({
  name,
  sessions: 5,
  trials: 10,
  neurons: 90,
  times,
  timeUnit: 'day',
  noiseFree: false,
  missing: 0.032,
  normalise: 'none',
  stimuli: ['left', 'right <&> "up"', 'down'].map((label, k) => ({
    label,
    frequency: null,
    ...motion(factor * (1 + 0.3 * k)),
    ...(k === 2 ? { halfLife: unknown } : {}),
  })),
  population: motion(factor),
  similarityShare: measured(0.71, 0.06),
  gaps,
  pairs,
  familiar: [
    {
      name: 'populationVectorCorrelation',
      label: 'population-vector correlation',
      reference: 'deitch2021',
      points: gaps.map(({ gap }) => ({ gap, value: 0.6 - 0.02 * gap, se: 0.01, ceiling: 0.72 })),
    },
    {
      name: 'representationalDriftIndex',
      label: 'representational drift index',
      reference: 'marks2021',
      points: gaps.map(({ gap }) => ({ gap, value: null, se: null, ceiling: null })),
    },
  ],
  controls: [
    {
      name: 'halves',
      statement: 'Between halves of one session D and F are 0 within their errors, as expected.',
      passed: true,
      values: { diffusion: 0.01, fluctuation: -0.02 },
    },
    {
      name: 'kurtosis',
      statement: 'Excess kurtosis of the increments of neurons: 2.1 ± 0.4; 0 for a Gaussian walk.',
      passed: false,
      values: { kurtosis: 2.1 },
    },
    { name: 'sessionOrder', statement: 'Five sessions are too few to shuffle.', passed: null, values: {} },
  ],
  warnings: [
    { name: 'lostCells', message: '3.2% of the responses are missing' },
    { name: 'notStationaryRandomWalk', message: 'not a stationary random walk: kurtosis failed' },
  ],
  agreement: {
    diffusion: { first: measured(0.58, 0.13), second: measured(0.61, 0.15), z: 0.2, agrees: true },
    fluctuation: { first: measured(2.2, 0.4), second: measured(2.1, 0.5), z: -0.2, agrees: true },
    decay: { first: measured(0.63, 0.02), second: measured(0.62, 0.02), z: -0.4, agrees: true },
  },
  turning: {
    statement:
      'The first 2 of 2 dimensions are found again in the other half of the trials, in 80 neurons that every session has.',
    neurons: 80,
    dimensions: [8, 3].map((strength) => ({
      strength,
      strengthOverError: 9,
      cosine: 0.97,
      spanCosine: 0.98,
      overlap: 0.8,
      isValidated: true,
      isDistinct: true,
      weights: strength > 5 ? [0.8, -0.4, -0.4] : [0, 0.7, -0.7],
    })),
    planes: [
      {
        dimensions: [1, 2],
        isDistinct: true,
        rate: measured(0.004, 0.001),
        fluctuation: 0.01,
        turns: [0.1, -0.1, 0, 0.05],
      },
    ],
    rate: measured(0.004, 0.001),
    withinSpan: measured(0.04, 0.01),
    withinSpanIfIsotropic: 0.0127,
  },
  withinSession: measured(0.01, 0.03),
  increments: {
    expected: [-2, -1, 0, 1, 2],
    observed: [-2.6, -1, 0, 1, 2.7],
    kurtosis: measured(2.1, 0.4),
  },
});

/** Of some animals, each half as strong again as the one before. */
export function analysisReport(...names: readonly string[]): AnalysisReport {
  const animals = names.map((name, k) => recording(name, 1 + k / 2));
  const [{ stimuli, population, similarityShare, controls, warnings, agreement }] = animals;
  return {
    animals,
    stimuli,
    population,
    similarityShare,
    controls,
    warnings,
    agreement: animals.length === 1 ? agreement : null,
    frequency: {
      exponent: measured(-0.5, 0.1),
      scale: 0.2,
      chiSquare: 1.2,
      stimuli: 3,
      leftOut: 0,
      verdict: 'slower',
      statement: 'Among 3 stimuli, those presented more often drift more slowly.',
    },
  };
}
