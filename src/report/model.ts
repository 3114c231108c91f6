import type { AnalysisReport, Measured, ModelPrediction } from '#analyse';
import { DIGITS, formatNumber, MISSING } from '#core';
import { formatMeasured } from './measured.js';

/** A number of a recording beside that of a model. */
interface ModelRow {
  readonly name: string;
  readonly measured: Measured;
  readonly predicted: number | null;
}

interface ModelRows {
  /** F/‖h‖² and D/‖h‖² of each stimulus. */
  readonly fluctuation: readonly ModelRow[];
  readonly diffusion: readonly ModelRow[];
}

/** What was measured of each stimulus beside what a model predicts; null without a model. */
export function modelRows({ stimuli, model }: AnalysisReport): ModelRows | null {
  if (!model) return null;
  const { stimuli: predictions } = model;
  const rows = (
    measured: (k: number) => Measured,
    predicted: (own: ModelPrediction['stimuli'][number]) => number | null,
  ): ModelRow[] => predictions.map((own, k) => ({ name: own.label, measured: measured(k), predicted: predicted(own) }));
  return {
    fluctuation: rows(
      (k) => over(stimuli[k].fluctuation, stimuli[k].strength.value),
      (own) => own.relativeFluctuation,
    ),
    diffusion: rows(
      (k) => stimuli[k].relativeDiffusion,
      (own) => own.relativeDiffusion,
    ),
  };
}

/** Over a strength, whose own error is small beside that of a fluctuation. */
const over = ({ value, se }: Measured, strength: number | null): Measured => ({
  value: value === null || strength === null ? null : value / strength,
  se: se === null || strength === null ? null : se / strength,
  interval95: null,
});

/** For a methods paragraph: which model stands beside the measurement, and what it predicts of the mean over stimuli. */
export function modelText({ model, population, animals }: AnalysisReport): string[] {
  if (!model) return [];
  const { file, stepsPerUnit, stimuli } = model;
  const [{ timeUnit }] = animals;
  const meanOf = (of: (own: ModelPrediction['stimuli'][number]) => number | null): string => {
    const known = stimuli.flatMap((own) => of(own) ?? []);
    const sum = known.reduce((total, value) => total + value, 0);
    return known.length === 0 ? MISSING : formatNumber(sum / known.length, DIGITS.table, 'typeset');
  };
  const time =
    timeUnit === 'step'
      ? ''
      : `, with ${formatNumber(stepsPerUnit, DIGITS.table, 'typeset')} steps of learning in one ${timeUnit}`;
  const fluctuation = over(population.fluctuation, population.strength.value);
  return [
    `Beside the measurement stands the prediction of the model in ${file}${time}, of which nothing was fitted to the recording. ` +
      `Means over stimuli: F/‖h‖² predicted ${meanOf((own) => own.relativeFluctuation)}, measured ${formatMeasured(fluctuation, 'typeset')}; ` +
      `D/‖h‖² predicted ${meanOf((own) => own.relativeDiffusion)}, measured ${formatMeasured(population.relativeDiffusion, 'typeset')} rad² per ${timeUnit}. ` +
      'That they agree would not show that the recorded population learns as the model does.',
  ];
}

/** What the prediction is, and what it is not. */
export const modelNote = (file: string): string =>
  `Prediction of the model in ${file}, of which nothing was fitted here; that it agrees does not show that the recorded population learns as the model does.`;
