import type { AnalysisReport, Measured, ModelPrediction } from '#analyse';

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

/** What the prediction is, and what it is not. */
export const modelNote = (file: string): string =>
  `Prediction of the model in ${file}, of which nothing was fitted here; that it agrees does not show that the recorded population learns as the model does.`;
