import { formatCounted, InvalidInputError } from '#core';
import { studentPoint } from '#measure';
import type { Recording } from '#recording';
import { analyseRecording } from './analyse-recording.js';
import { UNKNOWN } from './codes/jackknife.js';
import { frequencyTrend } from './frequency.js';
import { halfLifeOf, speedOf } from './law/motion.js';
import type {
  Agreement,
  AnalysisOptions,
  AnalysisReport,
  Control,
  Measured,
  Motion,
  RecordingReport,
  StimulusMotion,
  Warning,
} from './report.js';

const MIN_FOR_INTERVAL = 3;
const [SMALLEST, LARGEST] = [1e-60, 1e60];
/** Animals of which each is quoted; of more they are counted. */
const MAX_QUOTED = 12;
/** Share of more animals than these in which a control may fail: twice what chance alone does. */
const MAX_FAILED = 0.1;

/**
 * The analysis of one animal or of several: of several each, and means over animals. From three animals on errors and intervals are those of t over
 * animals; of two, means of their own errors. Throws InvalidInputError for no recording, for one without two sessions, and for stimuli or units of
 * time that differ between animals.
 */
export function analyse(
  recordings: readonly Recording[],
  options: AnalysisOptions,
  onStep: (animal: string, step: string) => void = () => undefined,
): AnalysisReport {
  if (recordings.length === 0) throw new InvalidInputError('no recording was given');
  for (const recording of recordings) assertAnalysable(recording, recordings[0]);
  assertDifferent(recordings);
  const animals = recordings.map((recording) =>
    analyseRecording(recording, options, (step) => {
      onStep(recording.name, step);
    }),
  );
  if (animals.length === 1) {
    const [{ stimuli, population, similarityShare, controls, warnings, agreement }] = animals;
    return {
      animals,
      stimuli,
      population,
      similarityShare,
      controls,
      warnings,
      agreement,
      frequency: frequencyTrend(stimuli),
    };
  }
  const stimuli = animals[0].stimuli.map(({ label, frequency }, i): StimulusMotion => ({
    label,
    frequency,
    ...together(animals.map((animal) => animal.stimuli[i])),
  }));
  return {
    animals,
    stimuli,
    population: together(animals.map(({ population }) => population)),
    similarityShare: overAnimals(animals.map(({ similarityShare }) => similarityShare)),
    controls: controlsTogether(animals),
    warnings: warningsTogether(animals),
    agreement: {
      diffusion: agreementTogether(animals.map(({ agreement }) => agreement.diffusion)),
      fluctuation: agreementTogether(animals.map(({ agreement }) => agreement.fluctuation)),
      decay: agreementTogether(animals.map(({ agreement }) => agreement.decay)),
    },
    frequency: frequencyTrend(stimuli),
  };
}

function assertAnalysable({ name, sessions, stimuli, timeUnit, values, neurons }: Recording, first: Recording): void {
  if (sessions < 2) throw new InvalidInputError(`${name}: has one session, expected two or more to compare`);
  if (neurons < 3)
    throw new InvalidInputError(`${name}: has ${formatCounted(neurons, 'neuron')}, expected three or more`);
  if (stimuli !== first.stimuli) {
    throw new InvalidInputError(
      `${name}: has ${formatCounted(stimuli, 'stimulus', 'stimuli')}, expected ${first.stimuli} as ${first.name}`,
    );
  }
  if (timeUnit !== first.timeUnit) {
    throw new InvalidInputError(`${name}: has times in ${timeUnit}, expected ${first.timeUnit} as ${first.name}`);
  }
  let largest = 0;
  for (let k = 0; k < values.length; k++) {
    const size = Math.abs(values[k]);
    if (size > largest && size < Infinity) largest = size;
  }
  if (largest === 0) throw new InvalidInputError(`${name}: has no value other than 0 or missing`);
  // Products of four values have to be numbers.
  if (largest > LARGEST || largest < SMALLEST) {
    throw new InvalidInputError(
      `${name}: has values up to ${largest.toExponential(2)}, expected between ${SMALLEST} and ${LARGEST}: take another unit`,
    );
  }
}

/** The same values twice would count as two animals that agree. */
function assertDifferent(recordings: readonly Recording[]): void {
  recordings.forEach(({ name, values }, k) => {
    const same = recordings.slice(0, k).find((other) => haveSameValues(other.values, values));
    if (same) {
      throw new InvalidInputError(
        `${name}: has the same values as ${same.name}, expected each animal once: errors are the scatter over animals`,
      );
    }
  });
}

function haveSameValues(a: Recording['values'], b: Recording['values']): boolean {
  if (a.length !== b.length) return false;
  for (let k = 0; k < a.length; k++) if (!Object.is(a[k], b[k])) return false;
  return true;
}

const KEYS = ['strength', 'fluctuation', 'diffusion', 'quadratic', 'relativeDiffusion'] as const;

function together(motions: readonly Motion[]): Motion {
  const values = KEYS.map((key): [(typeof KEYS)[number], Measured] => [
    key,
    overAnimals(motions.map((own) => own[key])),
  ]);
  const means = Object.fromEntries(values) as unknown as Omit<Motion, 'directedSpeed' | 'halfLife'>;
  const { relativeDiffusion } = means;
  // Of the mean square: a mean of roots, none of which is below 0, is above 0 without any directed drift.
  // The half-life of the mean rate, for the same reason.
  return { ...means, directedSpeed: speedOf(means.quadratic), halfLife: halfLifeOf(relativeDiffusion) };
}

/** Both ways over animals, and whether they agree in each that tells. */
function agreementTogether(all: readonly Agreement[]): Agreement {
  const known = all.filter(({ agrees }) => agrees !== null);
  const first = overAnimals(known.map((own) => own.first));
  const second = overAnimals(known.map((own) => own.second));
  const { value, se } = overAnimals(known.map(differenceOf));
  return {
    first,
    second,
    z: value !== null && se ? value / se : null,
    agrees: known.length === 0 ? null : known.every(({ agrees }) => agrees),
  };
}

/** The difference behind an agreement, which has its error in z. */
function differenceOf({ first, second, z }: Agreement): Measured {
  const value = (second.value ?? NaN) - (first.value ?? NaN);
  return { value, se: z ? Math.abs(value / z) : null, interval95: null };
}

/** Mean over animals; those without a value do not count, and one alone keeps its own error. */
function overAnimals(values: readonly Measured[]): Measured {
  const known = values.flatMap(({ value, se }) => (value === null ? [] : [{ value, se }]));
  const count = known.length;
  if (count === 0) return UNKNOWN;
  if (count === 1) return values.find((own) => own.value !== null) ?? UNKNOWN;
  const value = known.reduce((sum, own) => sum + own.value, 0) / count;
  if (count < MIN_FOR_INTERVAL) {
    const errors = known.map(({ se }) => se);
    if (errors.includes(null)) return { value, se: null, interval95: null };
    const se = Math.sqrt(errors.reduce((sum: number, own) => sum + (own ?? 0) ** 2, 0)) / count;
    return { value, se, interval95: [value - 1.96 * se, value + 1.96 * se] };
  }
  const se = Math.sqrt(known.reduce((sum, own) => sum + (own.value - value) ** 2, 0) / (count - 1) / count);
  const t = studentPoint(count - 1);
  return { value, se, interval95: [value - t * se, value + t * se] };
}

/** Each control once: passed where it passed in every animal that allows it; of more than 12 animals it may fail in 10%. */
function controlsTogether(animals: readonly RecordingReport[]): readonly Control[] {
  return animals[0].controls.map(({ name }) => {
    const own = animals.map(({ name: animal, controls }) => ({
      animal,
      control: controls.find((c) => c.name === name),
    }));
    const verdicts = own.map(({ control }) => control?.passed ?? null);
    const [failures, successes] = [false, true].map((one) => verdicts.filter((verdict) => verdict === one).length);
    const allowed = own.length > MAX_QUOTED ? MAX_FAILED * (failures + successes) : 0;
    const passed = failures > allowed ? false : failures + successes > 0 ? true : null;
    return {
      name,
      statement:
        own.length > MAX_QUOTED
          ? countedStatement(own.map(({ animal, control }) => ({ animal, passed: control?.passed ?? null })))
          : own.map(({ animal, control }) => `${animal}: ${control?.statement ?? ''}`).join(' '),
      passed,
      values: { animals: animals.length, passed: successes },
    };
  });
}

function countedStatement(own: readonly { readonly animal: string; readonly passed: boolean | null }[]): string {
  const having = (verdict: boolean | null): string[] =>
    own.filter(({ passed }) => passed === verdict).map(({ animal }) => animal);
  const failed = having(false);
  const names = failed.length > 0 && failed.length <= MAX_QUOTED ? ` (${failed.join(', ')})` : '';
  return `Passed in ${having(true).length} of ${own.length}, failed in ${failed.length}${names}, without a verdict in ${having(null).length}.`;
}

function warningsTogether(animals: readonly RecordingReport[]): readonly Warning[] {
  const messages = new Map<string, string[]>();
  for (const { name: animal, warnings } of animals) {
    for (const { name, message } of warnings)
      messages.set(name, [...(messages.get(name) ?? []), `${animal}: ${message}`]);
  }
  return Array.from(messages, ([name, texts]) => ({
    name,
    message:
      animals.length > MAX_QUOTED ? `in ${texts.length} of ${animals.length}, first in ${texts[0]}` : texts.join('; '),
  }));
}
