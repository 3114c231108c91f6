/** A number of the experiment file: what it is called, what it may be, and how it is shown. */
export interface Parameter {
  /** The part of the experiment file that holds it. */
  readonly section: 'model' | 'simulation';
  /** As formulas write it; empty where they do not. */
  readonly symbol: string;
  /** As a sentence writes it. */
  readonly name: string;
  readonly unit: string;
  readonly isInteger: boolean;
  /** Smallest value; with `isAbove` the value itself is excluded. */
  readonly min: number;
  readonly isAbove?: boolean;
  /** Largest value; bounded by what the theory can raise to fourth powers where it is not given. */
  readonly max?: number;
  readonly default?: number;
  /** Its line in the reference of the experiment file (Markdown). */
  readonly description: string;
  /** A sentence for whoever sets it. */
  readonly hint: string;
}

/** A parameter that a slider moves. */
interface SliderParameter extends Parameter {
  /** What a slider for it spans: the range that is of interest, within what is allowed. */
  readonly slider: { readonly min: number; readonly max: number; readonly scale: 'linear' | 'log' };
}

/**
 * The scalar parameters of an experiment that a slider moves, in the order of tables. The schema of the experiment file and its reference, the
 * columns of tables, axes, captions and sliders are made from this.
 */
export const parameters = {
  hiddenUnits: {
    section: 'model',
    symbol: 'p',
    name: 'hidden units',
    unit: 'units',
    isInteger: true,
    min: 1,
    max: 1_000_000_000,
    description: 'p, the size of the hidden layer. Costs nothing beyond inputs + outputs.',
    slider: { min: 1, max: 1000, scale: 'log' },
    hint: 'Units beyond the number of inputs and outputs cost no time.',
  },
  learningRate: {
    section: 'model',
    symbol: 'η',
    name: 'learning rate',
    unit: 'per step',
    isInteger: false,
    min: 0,
    isAbove: true,
    description: 'eta, constant.',
    slider: { min: 0.0001, max: 0.1, scale: 'log' },
    hint: 'It stays constant forever.',
  },
  weightDecay: {
    section: 'model',
    symbol: 'γ',
    name: 'weight decay',
    unit: '',
    isInteger: false,
    min: 0,
    description: 'gamma, in (gamma/2)(|W1|² + |W2|²) of the loss. The theory needs more than 0.',
    slider: { min: 0.005, max: 0.9, scale: 'log' },
    hint: 'Without it, minima would differ by more than rotations.',
  },
  labelNoiseVariance: {
    section: 'model',
    symbol: 'σ²',
    name: 'label noise',
    unit: 'variance',
    isInteger: false,
    min: 0,
    default: 0,
    description: 'sigma2, the variance of every component of the label noise eps.',
    slider: { min: 0, max: 2, scale: 'linear' },
    hint: 'Variance of the noise added to every target output.',
  },
  batchSize: {
    section: 'model',
    symbol: 'B',
    name: 'batch size',
    unit: 'samples',
    isInteger: true,
    min: 1,
    max: 1_000_000,
    default: 1,
    description: 'B, samples averaged in a step.',
    slider: { min: 1, max: 64, scale: 'log' },
    hint: 'Samples that are averaged in each step.',
  },
  replicas: {
    section: 'simulation',
    symbol: '',
    name: 'replicas',
    unit: 'networks',
    isInteger: true,
    min: 2,
    max: 1_000_000,
    default: 64,
    description: 'Independent networks that learn in parallel; standard errors come from their scatter.',
    slider: { min: 4, max: 1024, scale: 'log' },
    hint: 'Independent networks, whose scatter gives the error bars.',
  },
  seed: {
    section: 'simulation',
    symbol: '',
    name: 'seed',
    unit: '',
    isInteger: true,
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    default: 1,
    description: 'Fixes every random number, together with the number of the replica.',
    slider: { min: 0, max: 999_999, scale: 'linear' },
    hint: 'Determines every random number.',
  },
} as const satisfies Readonly<Record<string, SliderParameter>>;

const MAX_STEPS = 1e15;

/** How long to simulate: chosen from the theory unless given, so no slider moves them. Schema and labels are made from this. */
export const samplingParameters = {
  targetError: {
    section: 'simulation',
    symbol: '',
    name: 'target error',
    unit: 'relative',
    isInteger: false,
    min: 0.0001,
    max: 1,
    default: 0.02,
    description: 'Relative standard error of D that an automatic `duration` aims at (about).',
    hint: 'A third of it takes nine times as long.',
  },
  burnIn: {
    section: 'simulation',
    symbol: '',
    name: 'burn-in',
    unit: 'steps',
    isInteger: true,
    min: 0,
    max: MAX_STEPS,
    description: 'Steps before the first sample. `auto`: five relaxation times, plus learning from random weights.',
    hint: 'Until the fluctuation is stationary.',
  },
  lag: {
    section: 'simulation',
    symbol: 'L',
    name: 'lag',
    unit: 'steps',
    isInteger: true,
    min: 1,
    max: MAX_STEPS,
    description: 'Steps between samples. `auto`: three relaxation times.',
    hint: 'Several relaxation times, so that neighbouring increments hold all of the correlation.',
  },
  duration: {
    section: 'simulation',
    symbol: '',
    name: 'duration',
    unit: 'steps',
    isInteger: true,
    min: 1,
    max: MAX_STEPS,
    description: 'Steps of sampling in each replica. `auto`: what `targetError` needs.',
    hint: 'Errors fall with its square root.',
  },
  layer: {
    section: 'simulation',
    symbol: '',
    name: 'hidden layer',
    unit: '',
    isInteger: true,
    min: 1,
    max: 100,
    description: 'The hidden layer whose representations are measured, for rules with several; the first unless given.',
    hint: 'Every hidden layer has its own frame and its own drift.',
  },
  trajectorySamples: {
    section: 'simulation',
    symbol: '',
    name: 'trajectory samples',
    unit: 'samples',
    isInteger: true,
    min: 0,
    max: 1_000_000,
    default: 0,
    description:
      'Samples, spread as evenly as whole samples allow, at which the representations of the probes are kept, of every replica; written with `--out`.',
    hint: 'Each keeps the representation of every probe in every replica.',
  },
} as const satisfies Readonly<Record<string, Parameter>>;

export type ParameterName = keyof typeof parameters;

/** Numbers that only models of some learning rules have; the page, which simulates two-layer SGD, has no slider for them. */
export const ruleParameters = {
  outputs: {
    section: 'model',
    symbol: 'k',
    name: 'outputs',
    unit: 'units',
    isInteger: true,
    min: 1,
    max: 1_000_000,
    description: 'k, the number of outputs: units that learn the leading principal subspace of the input.',
    hint: 'They learn the leading principal subspace of the input.',
  },
  tau: {
    section: 'model',
    symbol: 'τ',
    name: 'lateral time constant',
    unit: '',
    isInteger: false,
    min: 0,
    isAbove: true,
    description: 'tau, the time constant of the lateral weights M relative to that of the feedforward weights W.',
    hint: 'Published rates of similarity matching hold where it is 1.',
  },
  momentum: {
    section: 'model',
    symbol: 'μ',
    name: 'momentum',
    unit: '',
    isInteger: false,
    min: 0,
    max: 0.9999,
    description: 'mu, heavy-ball momentum: V ← mu V + eta g, W ← W + V, V from 0. None unless given.',
    hint: 'The share of its last movement that every weight keeps moving by.',
  },
} as const satisfies Readonly<Record<string, Parameter>>;

export type RuleParameterName = keyof typeof ruleParameters;

const namesIn = <Section extends Parameter['section']>(section: Section): NamesIn<Section>[] =>
  (Object.keys(parameters) as ParameterName[]).filter(
    (name): name is NamesIn<Section> => parameters[name].section === section,
  );

type NamesIn<Section> = {
  [Name in ParameterName]: (typeof parameters)[Name]['section'] extends Section ? Name : never;
}[ParameterName];

/** The parameters of the model, which describe a point in every table and report. */
export const modelParameters = namesIn('model');
export const simulationParameters = namesIn('simulation');

export const isModelParameter = (name: string): name is NamesIn<'model'> =>
  (modelParameters as readonly string[]).includes(name);

const find = (name: string): Parameter | undefined => {
  const all: Readonly<Record<string, Parameter>> = { ...parameters, ...ruleParameters };
  return Object.hasOwn(all, name) ? all[name] : undefined;
};

export const isIntegerParameter = (name: string): boolean => find(name)?.isInteger ?? false;

/** The parameter of a column: that of the model has a short name, that of the simulation its path. */
function parameterOf(column: string): Parameter | undefined {
  const key = column.replace(/^simulation\./, '');
  if (Object.hasOwn(samplingParameters, key)) return samplingParameters[key as keyof typeof samplingParameters];
  return find(column) ?? (column === key || isModelParameter(key) ? undefined : find(key));
}

/** How an axis or a caption calls a column of parameters: `learning rate η`; other swept keys keep their paths. */
export function parameterLabel(name: string): string {
  const parameter = parameterOf(name);
  return parameter ? `${parameter.name} ${parameter.symbol}`.trim() : name;
}

/** The symbol of a parameter of the model; empty where it has none. */
export const parameterSymbol = (name: string): string => find(name)?.symbol ?? '';

/** What a reference says of a column of parameters. */
export const parameterDescription = (name: string): string =>
  name === PHASE
    ? 'name of the phase'
    : (parameterOf(name)?.description ?? 'value that the sweep sets (JSON where it is neither a number nor a text)');

/** The column of a swept key: parameters of the model have short names. */
export function columnOf(key: string): string {
  const short = key.replace(/^model\./, '');
  return isModelParameter(short) || Object.hasOwn(ruleParameters, short) ? short : key;
}

/** The column with the name of the phase, of an experiment that has phases. */
export const PHASE = 'phase';

/** A value of the experiment file in a cell: anything but a number or a text as JSON. */
export const cell = (value: unknown): number | string =>
  typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value);
