import type { AnalysisReport, FrequencyTrend, Measured, ModelPrediction, RecordingReport, SessionPair } from '#analyse';
import { formatCounted } from '#core';
import { figuresFor, type FigureTable, type ModelCurve, type StimulusTrend } from '#figure';
import { formatMeasured, scaled } from './measured.js';

/** A figure of an analysis, to be drawn. */
export interface ReportFigure {
  /** Of its files, without suffix. */
  readonly name: string;
  /** Index of its animal; null for a figure of all together. */
  readonly animal: number | null;
  readonly title: string;
  readonly caption: string;
  readonly table: FigureTable;
}

const stimuliText = (count: number): string => formatCounted(count, 'stimulus', 'stimuli', 'typeset');

/** Animals of which each is shown by itself; of more, such as the networks of a run, only all together. */
export const MAX_SHOWN = 12;

/**
 * The figures of an analysis: of each animal, up to 12, those in which there is anything to draw, and where there are several the
 * displacements and the diffusion of stimuli of all together, which come first.
 */
export function reportFigures(report: AnalysisReport): ReportFigure[] {
  const { animals } = report;
  const shown = animals.length > MAX_SHOWN ? [] : animals;
  const slugs = slugsOf(shown.map(({ name }) => name));
  const all = [
    ...(animals.length > 1 ? together(report) : []),
    ...shown.flatMap((one, animal) =>
      figuresOf(one, animals.length > 1 ? null : report.frequency, report.model).map((figure) => ({
        ...figure,
        animal,
        ...(animals.length > 1
          ? { name: `${slugs[animal]}-${figure.name}`, title: `${figure.title}, ${one.name}` }
          : {}),
      })),
    ),
  ];
  return all.filter(({ table }) => figuresFor(table).length > 0);
}

/** Names as parts of file names, each another. */
function slugsOf(names: readonly string[]): string[] {
  const taken = new Set<string>(['together']);
  return names.map((name) => {
    const plain =
      name
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-|-$/g, '') || 'animal';
    let slug = plain;
    for (let k = 2; taken.has(slug); k++) slug = `${plain}-${k}`;
    taken.add(slug);
    return slug;
  });
}

const courseOf = ({ name, gaps, withinSession }: RecordingReport) => ({
  name,
  points: gaps.map(({ gap, rawDisplacement, displacement }) => ({
    gap,
    raw: rawDisplacement,
    corrected: displacement,
  })),
  fit: gaps.map(({ gap, fittedDisplacement }) => ({ x: gap, y: fittedDisplacement })),
  withinSession,
});

function trendOf(frequency: FrequencyTrend | null): StimulusTrend | null {
  const { scale = null, exponent } = frequency ?? {};
  const value = exponent?.value ?? null;
  return scale === null || value === null ? null : { scale, exponent: value };
}

function modelCurve(
  model: ModelPrediction | undefined,
  valueOf: (point: ModelPrediction['gaps'][number]) => number | null,
): { model?: ModelCurve } {
  if (!model) return {};
  const points = model.gaps.map((point) => ({ x: point.gap, y: valueOf(point) }));
  return { model: { name: `prediction of ${model.file}`, points } };
}

const displacementModel = (model: ModelPrediction | undefined): { model?: ModelCurve } =>
  modelCurve(model, ({ displacement }) => displacement);

const trendCaption = (frequency: FrequencyTrend | null): string =>
  frequency === null
    ? ''
    : frequency.exponent.value === null
      ? ` ${frequency.statement}`
      : ` Line: D/‖h‖² as a power of presentations, exponent ${text(frequency.exponent)}. ${frequency.statement}`;

function together({ animals, stimuli, population, frequency, model }: AnalysisReport): ReportFigure[] {
  const { timeUnit } = animals[0];
  return [
    {
      name: 'together-displacement',
      animal: null,
      title: 'Displacement between sessions',
      caption:
        `Squared displacement without trial noise over the squared norm, mean over stimuli, of each of ${animals.length} animals; lines: ` +
        `the law that was fitted to each.`,
      table: {
        kind: 'recording-displacement',
        timeUnit,
        recordings: animals.map(courseOf),
        ...displacementModel(model),
      },
    },
    {
      name: 'together-stimuli',
      animal: null,
      title: 'Diffusion of each stimulus',
      caption: `Means over ${animals.length} animals. Bars are one standard error, from the scatter of the animals where there are three or more.${trendCaption(frequency)}`,
      table: { kind: 'recording-stimuli', timeUnit, stimuli, population, trend: trendOf(frequency) },
    },
  ];
}

/** A number in a caption. */
const text = (measured: Measured): string => formatMeasured(measured, 'typeset');

function figuresOf(
  report: RecordingReport,
  frequency: FrequencyTrend | null,
  model?: ModelPrediction,
): Omit<ReportFigure, 'animal'>[] {
  const { timeUnit, gaps, population, stimuli, times, pairs, increments, neurons } = report;
  const [overNeurons, overStimuli] = ['neurons', 'stimuli'].map(
    (parts) => `standard error, from the jackknife over ${parts}: of this animal`,
  );
  const bars = `Bars are one ${overNeurons}.`;
  return [
    {
      name: 'displacement',
      title: 'Displacement between sessions',
      caption:
        `Squared displacement of the mean response over its squared norm, mean over ${stimuliText(stimuli.length)}, against the gap between sessions: ` +
        `as measured, and without trial noise. Line: the fitted law, 2F = ${text(scaled(population.fluctuation, 2))} activity², ` +
        `D = ${text(population.diffusion)} activity² per ${timeUnit}, ‖h‖² = ${text(population.strength)} activity². ` +
        `At gap 0: halves of one session, which drift cannot separate. ${bars}`,
      table: { kind: 'recording-displacement', timeUnit, recordings: [courseOf(report)], ...displacementModel(model) },
    },
    {
      name: 'codes',
      title: 'Codes and their similarity',
      caption:
        'Left: self-correlation of the codes without trial noise; line: (1 − F/‖h‖²) exp(−D Δt / 2‖h‖²). Right: similarity S of the Gram ' +
        'matrices of the stimuli, from pairs of different trials, with two surrogates of the same self-correlation: every stimulus ' +
        `drifts alone, and neighbouring stimuli drift together. A rotation leaves S at 1. Share of the drift that keeps similarity: ` +
        `${text(report.similarityShare)}. Bars are one ${overNeurons}; of similarity, one ${overStimuli}.`,
      table: {
        kind: 'recording-codes',
        timeUnit,
        points: gaps,
        ...modelCurve(model, ({ selfCorrelation }) => selfCorrelation),
      },
    },
    {
      name: 'stimuli',
      title: 'Diffusion of each stimulus',
      caption: `D and D/‖h‖² of ${stimuliText(stimuli.length)}, not clipped at 0. ${bars}${trendCaption(frequency)}`,
      table: { kind: 'recording-stimuli', timeUnit, stimuli, population, trend: trendOf(frequency) },
    },
    {
      name: 'sessions',
      title: 'Sessions against sessions',
      caption:
        'For every pair of sessions, mean over stimuli, without trial noise: squared displacement over the squared norm, self-correlation ' +
        'of the codes, similarity of the Gram matrices. Grey: not determined.',
      table: {
        kind: 'recording-sessions',
        timeUnit,
        times,
        matrices: [
          {
            title: 'Displacement',
            label: 'displacement / ‖h‖²',
            values: matrixOf(times.length, pairs, (p) => p.displacement),
          },
          {
            title: 'Codes',
            label: 'self-correlation',
            values: matrixOf(times.length, pairs, (p) => p.selfCorrelation),
          },
          { title: 'Geometry', label: 'similarity S', values: matrixOf(times.length, pairs, (p) => p.similarity) },
        ],
      },
    },
    {
      name: 'increments',
      title: 'Increments of neurons',
      caption:
        'Quantiles of the change of the mean response of neurons from session to session, each neuron in its own standard deviations, ' +
        'against those of a normal distribution. Many small independent steps lie on the line; a few large ones leave it at the ends.',
      table: { kind: 'recording-increments', ...increments },
    },
    {
      name: 'tracked',
      title: 'Neurons recorded in both sessions',
      caption: `For every pair of sessions, of ${neurons} neurons.`,
      table: {
        kind: 'recording-sessions',
        timeUnit,
        times,
        matrices: [
          {
            title: 'Neurons recorded in both sessions',
            label: 'neurons',
            isCount: true,
            values: matrixOf(times.length, pairs, (p) => p.neurons),
          },
        ],
      },
    },
  ];
}

/** A symmetric matrix of the values of pairs; null on the diagonal, and for pairs that are not there. */
function matrixOf(
  sessions: number,
  pairs: readonly SessionPair[],
  valueOf: (pair: SessionPair) => number | null,
): (number | null)[][] {
  const matrix = Array.from({ length: sessions }, () => new Array<number | null>(sessions).fill(null));
  for (const pair of pairs) {
    const [a, b] = pair.sessions;
    matrix[a][b] = matrix[b][a] = valueOf(pair);
  }
  return matrix;
}
