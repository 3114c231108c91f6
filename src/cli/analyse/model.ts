import type { AnalysisReport, ModelPrediction } from '#analyse';
import { formatCounted, InvalidInputError } from '#core';
import { theoryReport } from '#experiment';
import type { Io } from '../io.js';
import { loadExperiment, printWarnings, withLocation } from '../load.js';

/** The unit of time in which networks learn. */
const STEP = 'step';

/**
 * What an experiment file predicts for the stimuli and gaps of a recording: its probes are matched by label, or else by order.
 * Throws InvalidInputError where they do not match, where the file has several points, and where a unit of time other than a step
 * is not given in steps.
 */
export async function modelPrediction(
  file: string,
  stepsOfUnit: number | undefined,
  { animals, stimuli }: AnalysisReport,
  io: Io,
): Promise<ModelPrediction> {
  const [{ timeUnit }] = animals;
  if (stepsOfUnit === undefined && timeUnit !== STEP) {
    throw new InvalidInputError(
      `--model: the times of the recording are in units of ${timeUnit}, those of a model in steps of learning; ` +
        `expected --model-steps with the number of steps in one ${timeUnit}`,
    );
  }
  const stepsPerUnit = stepsOfUnit ?? 1;
  const loaded = await loadExperiment(file);
  printWarnings(loaded, io);
  const { experiment } = loaded;
  if (experiment.points.length !== 1) {
    throw new InvalidInputError(
      `${file}: has ${experiment.points.length} points, expected one: no sweep and no phases`,
    );
  }
  const gaps = [...new Set(animals.flatMap((animal) => animal.gaps.map(({ gap }) => gap)))].sort((a, b) => a - b);
  const { points } = await withLocation(loaded, () =>
    theoryReport(experiment, { times: gaps.map((gap) => gap * stepsPerUnit) }),
  );
  const [{ probes, courses }] = points;
  const places = matched(
    stimuli.map(({ label }) => label),
    probes.map(({ label }) => label),
    file,
  );
  const meanOf = (values: readonly (number | null)[]): number | null => {
    const known = places.flatMap((k) => values[k] ?? []);
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
  };
  const strength = meanOf(probes.map(({ squaredNorm }) => squaredNorm));
  return {
    file,
    stepsPerUnit,
    stimuli: places.map((k, i) => {
      const { squaredNorm, fluctuation, relativeDiffusion } = probes[k];
      return {
        label: stimuli[i].label,
        relativeFluctuation: squaredNorm > 0 ? fluctuation / squaredNorm : null,
        relativeDiffusion: relativeDiffusion === null ? null : relativeDiffusion * stepsPerUnit,
      };
    }),
    gaps: gaps.map((gap, i) => {
      const displacement = meanOf(courses.squaredDisplacement[i]);
      return {
        gap,
        displacement: displacement === null || !strength ? null : displacement / strength,
        selfCorrelation: meanOf(courses.selfCorrelation[i]),
      };
    }),
  };
}

/** For each stimulus the place of its probe. */
function matched(labels: readonly string[], probes: readonly (string | undefined)[], file: string): number[] {
  const byLabel = labels.map((label) => probes.indexOf(label));
  if (!byLabel.includes(-1)) return byLabel;
  if (labels.length === probes.length) return labels.map((_, k) => k);
  throw new InvalidInputError(
    `${file}: has ${formatCounted(probes.length, 'probe')} and the recording ${formatCounted(labels.length, 'stimulus', 'stimuli')}, and no probe is called ` +
      `${labels[byLabel.indexOf(-1)]}; expected a probe for each stimulus, with its label or in its order`,
  );
}
