import type {
  Control,
  FamiliarMeasure,
  FrequencyTrend,
  GapPoint,
  Measured,
  Motion,
  SessionPair,
  StimulusMotion,
  TurningDimension,
  TurningPlane,
  Warning,
} from '#analyse';
import { measuredColumns, type Column } from './table.js';

/** What a row is about belongs to one animal or network, by its name; null stands for all of them together. */
export type Of<Item> = Item & { readonly animal: string | null };

const animal: Column<{ readonly animal: string | null }> = {
  name: 'animal',
  description: 'name of the animal or network; empty for all together',
  value: ({ animal: name }) => name,
};

const motion: readonly Column<Motion>[] = [
  ...measuredColumns<Motion>(
    'strength',
    'squared norm of the mean response, without trial noise (activity²)',
    (m) => m.strength,
  ),
  ...measuredColumns<Motion>(
    'fluctuation',
    'F, bounded fluctuation between sessions (activity²)',
    (m) => m.fluctuation,
  ),
  ...measuredColumns<Motion>('diffusion', 'D (activity² per unit of time)', (m) => m.diffusion),
  ...measuredColumns<Motion>(
    'directedSpeed',
    '|v|, 0 where its square is negative by its error (activity per unit of time)',
    (m) => m.directedSpeed,
  ),
  ...measuredColumns<Motion>(
    'quadratic',
    '|v|² itself, which may be negative by its error (activity² per squared unit of time)',
    (m) => m.quadratic,
  ),
  ...measuredColumns<Motion>('relativeDiffusion', 'D/|h|² (rad² per unit of time)', (m) => m.relativeDiffusion),
  ...measuredColumns<Motion>(
    'halfLife',
    'time in which diffusion takes half of the self-correlation, 2 ln 2 |h|²/D (units of time); no upper end where D may be 0',
    (m) => m.halfLife,
  ),
];

type PopulationItem = Of<Motion & { readonly similarityShare: Measured }>;

export const populationColumns: readonly Column<PopulationItem>[] = [
  animal,
  ...motion,
  ...measuredColumns<PopulationItem>(
    'similarityShare',
    'share of the drift that keeps similarity: 0 as when every stimulus drifts alone, 1 as in a rotation; empty where both would look alike',
    (item) => item.similarityShare,
  ),
];

export const stimulusColumns: readonly Column<Of<StimulusMotion>>[] = [
  animal,
  { name: 'stimulus', description: 'label of the stimulus', value: ({ label }) => label },
  { name: 'frequency', description: 'its presentations, where given', value: ({ frequency }) => frequency },
  ...motion,
];

export const frequencyColumns: readonly Column<FrequencyTrend>[] = [
  ...measuredColumns<FrequencyTrend>('exponent', 's of D/|h|² proportional to presentations^s', (p) => p.exponent),
  { name: 'scale', description: 'D/|h|² of one presentation (rad² per unit of time)', value: (p) => p.scale },
  {
    name: 'chiSquare',
    description: 'weighted sum of squared residuals; expected: stimuli − 2',
    value: (p) => p.chiSquare,
  },
  { name: 'stimuli', description: 'stimuli that were fitted', isInteger: true, value: (p) => p.stimuli },
  {
    name: 'leftOut',
    description: 'stimuli without presentations or with D ≤ 0',
    isInteger: true,
    value: (p) => p.leftOut,
  },
  {
    name: 'verdict',
    description: 'slower or faster with more presentations, or none: less than four errors',
    value: (p) => p.verdict,
  },
];

const gapColumn: Column<{ readonly gap: number }> = {
  name: 'gap',
  description: 'time between the sessions (units of time)',
  value: ({ gap }) => gap,
};

export const gapColumns: readonly Column<Of<GapPoint>>[] = [
  animal,
  gapColumn,
  { name: 'pairs', description: 'pairs of sessions of about this gap', isInteger: true, value: ({ pairs }) => pairs },
  ...measuredColumns<GapPoint>(
    'rawDisplacement',
    'squared displacement over |h|², as measured',
    (p) => p.rawDisplacement,
  ),
  ...measuredColumns<GapPoint>('displacement', 'the same without trial noise; may be negative', (p) => p.displacement),
  { name: 'fittedDisplacement', description: 'what the fitted law expects', value: (p) => p.fittedDisplacement },
  ...measuredColumns<GapPoint>(
    'selfCorrelation',
    'cosine between the codes of a stimulus, without trial noise',
    (p) => p.selfCorrelation,
  ),
  {
    name: 'predictedSelfCorrelation',
    description: '(1 − F/|h|²) exp(−D gap / 2|h|²)',
    value: (p) => p.predictedSelfCorrelation,
  },
  ...measuredColumns<GapPoint>('similarity', 'similarity S of the Gram matrices of both sessions', (p) => p.similarity),
  {
    name: 'independentSimilarity',
    description: 'S if every stimulus drifted alone',
    value: (p) => p.independentSimilarity,
  },
  {
    name: 'smoothSimilarity',
    description: 'S if neighbouring stimuli drifted together',
    value: (p) => p.smoothSimilarity,
  },
];

export type PairItem = Of<SessionPair & { readonly times: readonly [number, number] }>;

export const pairColumns: readonly Column<PairItem>[] = [
  animal,
  {
    name: 'firstSession',
    description: 'number of the earlier session, from 1',
    isInteger: true,
    value: ({ sessions: [a] }) => a + 1,
  },
  {
    name: 'secondSession',
    description: 'number of the later session',
    isInteger: true,
    value: ({ sessions: [, b] }) => b + 1,
  },
  { name: 'firstTime', description: 'its time (units of time)', value: ({ times: [a] }) => a },
  { name: 'secondTime', description: 'time of the later session', value: ({ times: [, b] }) => b },
  gapColumn,
  {
    name: 'neurons',
    description: 'neurons recorded in both sessions',
    isInteger: true,
    value: ({ neurons }) => neurons,
  },
  {
    name: 'rawDisplacement',
    description: 'squared displacement over |h|², as measured, mean over stimuli',
    value: (p) => p.rawDisplacement,
  },
  { name: 'displacement', description: 'the same without trial noise', value: (p) => p.displacement },
  {
    name: 'selfCorrelation',
    description: 'cosine between the codes of a stimulus, without trial noise',
    value: (p) => p.selfCorrelation,
  },
  { name: 'similarity', description: 'similarity S of the Gram matrices', value: (p) => p.similarity },
];

export type FamiliarItem = Of<Omit<FamiliarMeasure, 'points'> & FamiliarMeasure['points'][number]>;

export const familiarColumns: readonly Column<FamiliarItem>[] = [
  animal,
  { name: 'measure', description: 'name of the measure', value: ({ name }) => name },
  { name: 'label', description: 'the same in words', value: ({ label }) => label },
  {
    name: 'reference',
    description: 'where it was published, a key of references.bib',
    value: ({ reference }) => reference,
  },
  gapColumn,
  {
    name: 'value',
    description: 'between half of the trials of two sessions, trial noise included',
    value: ({ value }) => value,
  },
  { name: 'valueStandardError', description: 'its standard error', value: ({ se }) => se },
  {
    name: 'ceiling',
    description: 'the same measure between halves of one session, which is what trial noise alone leaves',
    value: ({ ceiling }) => ceiling,
  },
];

export type PlaneItem = Of<TurningPlane & { readonly predictedRate: number | null }>;

export const planeColumns: readonly Column<PlaneItem>[] = [
  animal,
  {
    name: 'firstDimension',
    description: 'number of the stronger dimension, from 1',
    isInteger: true,
    value: ({ dimensions: [k] }) => k,
  },
  {
    name: 'secondDimension',
    description: 'number of the other dimension',
    isInteger: true,
    value: ({ dimensions: [, l] }) => l,
  },
  {
    name: 'isDistinct',
    description: '1 where both axes stand by themselves; 0: only a span with others of about their strength is known',
    isInteger: true,
    value: (p) => (p.isDistinct ? 1 : 0),
  },
  ...measuredColumns<PlaneItem>(
    'rate',
    'rotational diffusion in the plane (rad² per unit of time); no upper end where none is determined',
    (p) => p.rate,
  ),
  {
    name: 'fluctuation',
    description: 'bounded fluctuation of the turn between sessions (rad²)',
    value: (p) => p.fluctuation,
  },
  {
    name: 'predictedRate',
    description: 'the rate that the model of `--model` predicts (rad² per unit of time)',
    value: (p) => p.predictedRate,
  },
];

export type DimensionItem = Of<TurningDimension & { readonly number: number }>;

export const dimensionColumns: readonly Column<DimensionItem>[] = [
  animal,
  { name: 'dimension', description: 'its number by strength, from 1', isInteger: true, value: (d) => d.number },
  {
    name: 'isValidated',
    description: '1 for the first ones, which are found again in the other half of the trials',
    isInteger: true,
    value: (d) => (d.isValidated ? 1 : 0),
  },
  {
    name: 'strength',
    description: 'squared norm of the code along it, without trial noise (activity²)',
    value: (d) => d.strength,
  },
  {
    name: 'strengthOverError',
    description:
      'strength of the axis of one half of the trials in the other, over the error that noise alone gives it',
    value: (d) => d.strengthOverError,
  },
  { name: 'cosine', description: '|cos| between the axes of two halves', value: (d) => d.cosine },
  {
    name: 'spanCosine',
    description: 'smallest cosine between the spans of all axes up to this one, of two halves',
    value: (d) => d.spanCosine,
  },
  { name: 'overlap', description: 'what neighbouring sessions have of it in common, 1: all', value: (d) => d.overlap },
];

export type ControlItem = Of<Control & { readonly quantity: string | null; readonly number: number | null }>;

export const verdictOf = ({ passed }: Pick<Control, 'passed'>): 'passed' | 'failed' | 'none' =>
  passed === null ? 'none' : passed ? 'passed' : 'failed';

export const controlColumns: readonly Column<ControlItem>[] = [
  animal,
  { name: 'control', description: 'name of the control', value: ({ name }) => name },
  {
    name: 'verdict',
    description: '`passed`, `failed`, or `none`: not possible with this recording, or nothing to fail',
    value: verdictOf,
  },
  { name: 'quantity', description: 'name of a number behind it; a row for each', value: ({ quantity }) => quantity },
  { name: 'value', description: 'that number', value: ({ number }) => number },
  {
    name: 'statement',
    description: 'what was done, what was expected, and what came out',
    value: ({ statement }) => statement,
  },
];

export const warningColumns: readonly Column<Of<Warning>>[] = [
  animal,
  { name: 'warning', description: 'name of the warning', value: ({ name }) => name },
  { name: 'message', description: 'what it says', value: ({ message }) => message },
];
