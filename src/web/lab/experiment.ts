import type { Numbers, Parameters } from './parameters.js';
import type { PlainExperiment } from '../prediction/messages.js';

/** When to look, in the experiment file that repeats what the page shows. */
export interface Times {
  readonly burnIn: number;
  readonly lag: number;
  readonly duration: number;
}

/** Stimuli selectedProbe by the presets. */
const PROBES = 5;

/** The experiment of a preset, as plain values. All stimuli that are selectedProbe have the same length, so their D compare. */
export function presetExperiment(parameters: Parameters): PlainExperiment {
  const { preset, target, n, hiddenUnits, learningRate, weightDecay, labelNoiseVariance, batchSize } = parameters;
  const { input, probes, size } = inputOf(parameters);
  return {
    name: preset,
    model: {
      hiddenUnits,
      ...(target === 'identity' ? {} : { target: graded(size ?? n) }),
      input,
      learningRate,
      weightDecay,
      labelNoiseVariance,
      batchSize,
    },
    probes,
    simulation: { replicas: parameters.replicas, seed: parameters.seed },
  };
}

function inputOf({ preset, n, f, exponent }: Parameters): { input: unknown[]; probes: unknown; size?: number } {
  const selectedProbe = Math.min(n, PROBES);
  switch (preset) {
    case 'isotropic':
      return { input: [{ kind: 'gaussian', covariance: listOf(n, () => 1) }], probes: axes(n, selectedProbe, 1) };
    case 'power-law':
      return {
        input: [{ kind: 'gaussian', covariance: listOf(n, (k) => rounded(1.2 * (k + 1) ** -exponent)) }],
        probes: axes(n, selectedProbe, 1),
      };
    case 'frequency': {
      const covariance = listOf(n, (k) => rounded(1.2 - (0.45 * k) / (n - 1)));
      const probes = axes(n, selectedProbe, Math.sqrt(n));
      return {
        input: [
          { weight: 'rest', kind: 'gaussian', covariance },
          { weight: f, kind: 'point', stimulus: probes[0] },
        ],
        probes,
      };
    }
    case 'dictionary':
      return { input: [{ kind: 'dictionary', stimuli, probabilities }], probes: 'stimuli', size: 4 };
    case 'digits':
      return {
        input: [{ kind: 'dataset', file: 'examples/data/digits.npy' }],
        probes: { file: 'examples/data/digits-class-means.npy' },
        size: 16,
      };
  }
}

/** Seven stimuli without any symmetry: their drift has a direction. */
const stimuli = [
  [1.1, 0.3, -0.2, 0.5],
  [-0.4, 1.2, 0.3, 0.1],
  [0.2, -0.6, 1, 0.4],
  [-0.9, 0.2, -0.5, 0.8],
  [1.6, 0.9, 0.7, -1.1],
  [-0.3, -0.8, 0.6, -0.7],
  [0.5, 0.4, -1.3, -0.2],
];
const probabilities = [0.2, 0.08, 0.11, 0.27, 0.06, 0.22, 0.06];

const listOf = <T>(length: number, value: (k: number) => T): T[] => Array.from({ length }, (_, k) => value(k));

/** Six digits: what people read, and still a number of its own for every n. */
const rounded = (value: number): number => Number(value.toPrecision(6));

/** `count` stimuli along axes from the first to the last, of the given length. */
const axes = (n: number, count: number, length: number): number[][] =>
  listOf(count, (k) => {
    const axis = count === 1 ? 0 : Math.round((k * (n - 1)) / (count - 1));
    return listOf(n, (j) => (j === axis ? length : 0));
  });

/** diag(1 … 1/2). */
const graded = (n: number): number[][] =>
  listOf(n, (i) => listOf(n, (j) => (i === j ? rounded(1 - (0.5 * i) / Math.max(1, n - 1)) : 0)));

/** The keys of an experiment that the page's numbers stand for. */
const modelKeys = ['hiddenUnits', 'learningRate', 'weightDecay', 'labelNoiseVariance', 'batchSize'] as const;
const simulationKeys = ['replicas', 'seed'] as const;

/** An own experiment with some numbers set anew. */
export function withNumbers(experiment: PlainExperiment, numbers: Partial<Numbers>): PlainExperiment {
  const pick = (keys: readonly (keyof Numbers)[]): Partial<Numbers> =>
    Object.fromEntries(keys.flatMap((key) => (numbers[key] === undefined ? [] : [[key, numbers[key]]])));
  const { sweep, ...rest } = experiment;
  // What is set anew is no longer that of a sweep.
  const kept = Object.entries(sweep ?? {}).filter(([name]) => !(name.replace(/^\w+\./, '') in numbers));
  return {
    ...rest,
    ...(kept.length > 0 ? { sweep: Object.fromEntries(kept) } : {}),
    model: { ...(experiment.model as object), ...pick(modelKeys) },
    simulation: { ...(experiment.simulation as object | undefined), ...pick(simulationKeys) },
  };
}

/** An experiment as an experiment file, with times when they are known: YAML whose values are written as JSON. */
export function experimentText(experiment: PlainExperiment, times?: Times): string {
  const simulation = { ...(experiment.simulation as object | undefined), ...times };
  const lines: string[] = [];
  for (const [key, value] of Object.entries({ ...experiment, simulation })) {
    if (key === 'model') lines.push('model:', ...modelLines(value));
    else lines.push(`${key}: ${JSON.stringify(value)}`);
  }
  return `${lines.join('\n')}\n`;
}

const modelLines = (model: object): string[] =>
  Object.entries(model).flatMap(([key, value]: [string, unknown]) =>
    key === 'input' && Array.isArray(value)
      ? ['  input:', ...value.map((component) => `    - ${JSON.stringify(component)}`)]
      : [`  ${key}: ${JSON.stringify(value)}`],
  );

/** What to paste into a terminal: writes the experiment file and runs it. */
export const commandLine = (text: string): string => `cat > lab.yaml <<'END'\n${text}END\nnpx meander run lab.yaml\n`;
