import type { AnalysisReport, Control, Measured, Motion, RecordingReport } from '#analyse';
import { DIGITS, formatCount, formatCounted, formatNumber } from '#core';
import { formatInterval, formatMeasured, scaled } from './measured.js';
import { modelText } from './model.js';
import { citation, citedKeys } from './references.js';
import { turningText } from './turning.js';

/** What made an analysis, and what it was told. */
export interface AnalysisOrigin {
  readonly version: string;
  /** Commit of the repository, if it runs from one. */
  readonly commit: string | null;
  readonly zeroIsMissing: boolean;
}

/** Sessions from which |v|² is fitted. */
const MIN_FOR_SPEED = 4;

/**
 * A methods paragraph for a paper: what was recorded and declared, what was computed how, with which results, and which
 * controls passed and failed. Plain text, paragraphs separated by empty lines.
 */
export function methodsText(report: AnalysisReport, origin: AnalysisOrigin): string {
  const { animals } = report;
  const [first] = animals;
  const parts = [
    `Representational drift was analysed with Meander ${origin.version}${origin.commit === null ? '' : ` (commit ${origin.commit})`}.`,
    ...animals.map((animal) => recorded(animal, animals.length > 1)),
    missing(animals, origin),
    normalised(first),
    noise(animals),
    'Squared displacement was taken between the mean responses of two sessions over the neurons recorded in both, and averaged over stimuli; it was never clipped at zero.',
    `Fluctuation F, diffusion D and directed drift v are those of the law E‖h(t + Δt) − h(t)‖² = 2F + D Δt + |v|² Δt² ${citation('pashakhanloo2023')}, ` +
      'fitted by least squares to all products of increments of a neuron over the sessions in which it was recorded, E[d_ab · d_cd] = D overlap(ab, cd) + |v|² Δt_ab Δt_cd + F (δ_ac + δ_bd − δ_ad − δ_bc), with the trial noise of shared sessions subtracted and with the weights of a random walk of the mean neuron; gaps between sessions may be unequal.',
    ...(animals.some(({ sessions }) => sessions < MIN_FOR_SPEED)
      ? ['With fewer than four sessions |v|² was taken to be 0.']
      : []),
    ...similarityMethods(report),
    ...familiarMethods(report),
    errors(animals),
  ];
  const results = animals.length > 1 ? [...animals.map(resultsOf), togetherOf(report)] : [resultsOf(first)];
  return `${[parts.join(' '), ...results, ...turningText(report), ...frequencyText(report), ...modelText(report), controlsText(report), closing(report)].join('\n\n')}\n`;
}

function recorded(
  { name, sessions, trials, neurons, stimuli, times, timeUnit }: RecordingReport,
  isNamed: boolean,
): string {
  const gaps = times.slice(1).map((time, k) => time - times[k]);
  const number = (value: number): string => formatNumber(value, DIGITS.table, 'typeset');
  const [shortest, longest] = [Math.min(...gaps), Math.max(...gaps)].map(number);
  const span =
    gaps.length === 0
      ? ''
      : ` over ${number(times[times.length - 1] - times[0])} ${units(timeUnit)} (${shortest === longest ? shortest : `${shortest} to ${longest}`} ${units(timeUnit)} from one to the next)`;
  return (
    `${isNamed ? `${name}: ` : ''}${formatCount(neurons)} neurons, ${formatCounted(stimuli.length, 'stimulus', 'stimuli')}, ` +
    `${formatCounted(sessions, 'session')}${span}, ${formatCounted(trials, 'trial')} of each stimulus in a session.`
  );
}

/** A unit of time in the plural: `days`; abbreviations stay as they are. */
const units = (unit: string): string => (/^[a-z]{2,}[a-rt-z]$/.test(unit) ? `${unit}s` : unit);

const percent = (share: number): string => `${formatNumber(100 * share, 2, 'typeset')}%`;

function missing(animals: readonly RecordingReport[], { zeroIsMissing }: AnalysisOrigin): string {
  const shares = animals.map((animal) => animal.missing);
  const zeros = zeroIsMissing
    ? 'Cells that were 0 throughout a session were declared to be missing there. '
    : 'Zeros counted as activity. ';
  if (shares.every((share) => share === 0)) return `${zeros}No response was missing.`;
  const [low, high] = [Math.min(...shares), Math.max(...shares)].map(percent);
  return `${zeros}${low === high ? low : `${low} to ${high}`} of the responses (session, stimulus, neuron) were missing.`;
}

const normalised = ({ normalise }: RecordingReport): string =>
  ({
    none: 'Activity was not normalised.',
    gain: 'The activity of each session was divided by its gain, the root of its strength over the mean strength.',
    neuron: 'The activity of each neuron was divided by the root of its strength over all sessions.',
  })[normalise];

const noise = (animals: readonly RecordingReport[]): string =>
  animals.every(({ noiseFree }) => noiseFree)
    ? 'Responses were declared to be without trial noise.'
    : 'Trial noise was removed by subtracting s²/K, the summed trial variance over the number of trials, of each session from squared norms and displacements.';

function similarityMethods(report: AnalysisReport): string[] {
  const keys = citedKeys(report).filter((key) => key === 'kornblith2019' || key === 'murphy2024');
  if (keys.length === 0) return [];
  return [
    `Similarity of the representational geometry is unbiased centred kernel alignment ${citation(...keys)}: Gram matrices of the stimuli from products of different trials only. ` +
      'The share of the drift that keeps it places the measured similarity between two surrogates of the same self-correlation and trial noise: independent drift of every stimulus (0) and a rotation (1).',
  ];
}

function familiarMethods({ animals }: AnalysisReport): string[] {
  const used = new Map<string, string>();
  for (const { label, reference, points } of animals.flatMap(({ familiar }) => familiar)) {
    if (points.some(({ value }) => value !== null)) used.set(label, reference);
  }
  if (used.size === 0) return [];
  const listed = [...used].map(([label, reference]) => `${label} ${citation(reference)}`);
  return [
    `For comparison, between half of the trials of one session and half of those of another, trial noise included, beside the value between the halves of one session: ${listed.join(', ')}.`,
  ];
}

const errors = (animals: readonly RecordingReport[]): string =>
  [
    `Standard errors of an animal are from a delete-block jackknife over its neurons, with 95% intervals of Student's t that allow for skewness ${citation('hall1992')}; those of similarities are from a jackknife over stimuli ${citation('efron1981')}${animals.some(({ similarityShare }) => similarityShare.interval95 !== null) ? `, and the interval of the share that keeps similarity is Fieller's ${citation('fieller1954')}` : ''}.`,
    'They say nothing about other animals, and pairs of sessions were not counted as independent.',
    ...(animals.length >= 3
      ? [`Those over animals are from the scatter of ${animals.length} animals, with 95% intervals of Student's t.`]
      : []),
  ].join(' ');

const withInterval = (measured: Measured): string => {
  const interval = formatInterval(measured, 'typeset');
  return measured.value === null
    ? 'not determined'
    : `${formatMeasured(measured, 'typeset')}${measured.interval95 === null ? '' : ` (95% interval ${interval})`}`;
};

function numbers(motion: Motion, share: Measured, timeUnit: string): string {
  return (
    `‖h‖² = ${withInterval(motion.strength)} activity², 2F = ${withInterval(scaled(motion.fluctuation, 2))} activity², ` +
    `D = ${withInterval(motion.diffusion)} activity² per ${timeUnit}, D/‖h‖² = ${withInterval(motion.relativeDiffusion)} rad² per ${timeUnit}, ` +
    `|v| = ${withInterval(motion.directedSpeed)} activity per ${timeUnit}, half-life of the self-correlation ${withInterval(motion.halfLife)} ${units(timeUnit)}, ` +
    `share of the drift that keeps similarity ${withInterval(share)}.`
  );
}

const resultsOf = ({ name, population, similarityShare, timeUnit, stimuli }: RecordingReport): string =>
  `${name}, means over ${formatCounted(stimuli.length, 'stimulus', 'stimuli')}: ${numbers(population, similarityShare, timeUnit)}`;

const togetherOf = ({ animals, population, similarityShare }: AnalysisReport): string =>
  `All ${animals.length} animals: ${numbers(population, similarityShare, animals[0].timeUnit)}`;

/** What became of presentations, where they were given. */
export function frequencyText({ frequency }: AnalysisReport): string[] {
  if (frequency === null) return [];
  const { exponent, chiSquare, stimuli, statement } = frequency;
  if (exponent.value === null || chiSquare === null) return [statement];
  return [
    `D/‖h‖² of the stimuli was fitted by a power law in the number of their presentations, by least squares of logarithms weighted by their errors: ` +
      `exponent ${withInterval(exponent)}, χ² ${formatNumber(chiSquare, 3, 'typeset')} (expected ${stimuli - 2}). ${statement}`,
  ];
}

function controlsText({ controls, warnings }: AnalysisReport): string {
  const named = (wanted: boolean | null): string =>
    controls
      .filter(({ passed }) => passed === wanted)
      .map(({ name }) => name)
      .join(', ') || 'none';
  const failed = controls.filter(({ passed }) => passed === false).map(({ statement }: Control) => statement);
  return [
    `Controls that passed: ${named(true)}; failed: ${named(false)}; without a verdict: ${named(null)}.`,
    ...failed,
    warnings.length === 0
      ? 'There were no warnings.'
      : `Warnings: ${warnings.map(({ name, message }) => `${name} (${message.replace(/\.$/, '')})`).join('; ')}.`,
  ].join(' ');
}

/** Whether no control speaks against a stationary random walk. */
export const isWalk = ({ warnings }: AnalysisReport): boolean =>
  warnings.every(({ name }) => name !== 'notStationaryRandomWalk');

/** What may be concluded, and what not. */
const closing = (report: AnalysisReport): string =>
  !isWalk(report)
    ? 'Because such controls failed, F, D and v summarise the displacements, but the recording is not shown to be a stationary random walk.'
    : 'The numbers describe how the codes moved; they do not tell which mechanism moved them.';
