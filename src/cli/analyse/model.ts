import type { AnalysisReport, ModelPrediction } from '#analyse';
import { formatCounted, InvalidInputError } from '#core';
import { predictionOf, theoryReport, whyUnpredicted, type Point } from '#experiment';
import type { LoadedExperiment } from '#library';
import type { Recording } from '#recording';
import type { Io } from '../io.js';
import { loadExperiment, printWarnings, withLocation } from '../load.js';
import { predictedTurning } from './model-turning.js';

/** The unit of time in which networks learn. */
const STEP = 'step';

/** How the command line names a model. */
interface ModelChoice {
  readonly file: string;
  /** Of a sweep. */
  readonly point?: number | undefined;
  /** Steps of learning in one unit of time. */
  readonly steps?: number | undefined;
}

/** A model that was read, to stand beside recordings. */
interface Model extends ModelChoice {
  readonly loaded: LoadedExperiment;
  readonly chosen: Point;
}

/**
 * Reads an experiment file as a model, which is quick; its prediction may be long. Throws InvalidInputError where it has phases, where it
 * is a sweep and no point of it was chosen, and where the theory does not predict it.
 */
export async function readModel(choice: ModelChoice, io: Io): Promise<Model> {
  const { file, point } = choice;
  const loaded = await loadExperiment(file);
  printWarnings(loaded, io);
  const { points } = loaded.experiment;
  if (points.some(({ phase }) => phase)) {
    throw new InvalidInputError(
      `${file}: has phases, expected an experiment without: recordings are compared with one of them`,
    );
  }
  if (point === undefined && points.length > 1) {
    throw new InvalidInputError(
      `${file}: has ${points.length} points, expected --model-point with one of 0 to ${points.length - 1}`,
    );
  }
  const chosen = points.at(point ?? 0);
  if (!chosen)
    throw new InvalidInputError(`${file}: found --model-point ${point ?? 0}, expected 0 to ${points.length - 1}`);
  const why = whyUnpredicted(chosen.model);
  if (why !== null) throw new InvalidInputError(`${file}: the theory does not predict it: ${why}`);
  return { ...choice, loaded, chosen };
}

/** Throws InvalidInputError where stimuli and probes do not match, and where a unit of time other than a step is not given in steps. */
export function assertComparable(
  { file, steps, chosen }: Model,
  [{ timeUnit, stimulusLabels }]: readonly Recording[],
): void {
  if (steps === undefined && timeUnit !== STEP) {
    throw new InvalidInputError(
      `--model: the times of the recording are in units of ${timeUnit}, those of a model in steps of learning; ` +
        `expected --model-steps with the number of steps in one ${timeUnit}`,
    );
  }
  matched(stimulusLabels, labelsOf(chosen), file);
}

const labelsOf = ({ probes, probeLabels }: Point): (string | null)[] => probes.map((_, k) => probeLabels?.[k] ?? null);

/** What a model predicts for the stimuli and gaps of a recording: its probes are matched by label, or else by order. */
export async function modelPrediction(
  { file, point, steps, loaded, chosen }: Model,
  { animals, stimuli }: AnalysisReport,
): Promise<ModelPrediction> {
  const stepsPerUnit = steps ?? 1;
  const gaps = [...new Set(animals.flatMap((animal) => animal.gaps.map(({ gap }) => gap)))].sort((a, b) => a - b);
  const { points } = await withLocation(loaded, () =>
    theoryReport({ name: loaded.experiment.name, points: [chosen] }, { times: gaps.map((gap) => gap * stepsPerUnit) }),
  );
  const [{ probes, courses }] = points;
  const places = matched(
    stimuli.map(({ label }) => label),
    labelsOf(chosen),
    file,
  );
  const meanOf = (values: readonly (number | null)[]): number | null => {
    const known = places.flatMap((k) => values[k] ?? []);
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
  };
  const strength = meanOf(probes.map(({ squaredNorm }) => squaredNorm));
  return {
    file: loaded.experiment.points.length > 1 ? `${file} (point ${point ?? 0})` : file,
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
    turning: animals.some(({ turning }) => turning.planes.length > 0)
      ? predictedTurning({ animals }, predictionOf(chosen), places, stepsPerUnit)
      : [],
  };
}

/** For each stimulus the place of its probe. */
function matched(labels: readonly string[], probes: readonly (string | null)[], file: string): number[] {
  const byLabel = labels.map((label) => probes.indexOf(label));
  if (!byLabel.includes(-1)) return byLabel;
  if (labels.length === probes.length) return labels.map((_, k) => k);
  throw new InvalidInputError(
    `${file}: has ${formatCounted(probes.length, 'probe')} and the recording ${formatCounted(labels.length, 'stimulus', 'stimuli')}, and no probe is called ` +
      `${labels[byLabel.indexOf(-1)]}; expected a probe for each stimulus, with its label or in its order`,
  );
}
