import { formatCount, formatCounted } from '#core';
import type { Recording } from '#recording';
import type { Codes } from '../codes/codes.js';
import { UNKNOWN } from '../codes/jackknife.js';
import type { Measured, Turning } from '../report.js';
import { frameCodes, type FrameCodes } from './frame-codes.js';
import { isDistinct, stimulusAxes, whyInvalid, type StimulusAxes } from './stimulus-axes.js';
import { turnsOf } from './turns.js';

const MIN_SESSIONS = 3;
const MIN_STIMULI = 3;
/** Neurons recorded in every session, from which a frame is one of a population. */
const MIN_NEURONS = 10;
const MIN_DIMENSIONS = 2;

/**
 * How the frame of the validated dimensions turns, or why there is none: fewer than three sessions, stimuli or two validated dimensions, fewer than four
 * trials, fewer than ten neurons in every session, or a code of which sessions keep less than half. Cost: 6 S M² N + S² K² N.
 */
export function turningOf({ noiseFree }: Recording, codes: Codes): Turning {
  const frame = frameCodes(codes, noiseFree);
  const none = (why: string, found: StimulusAxes | null = null): Turning => ({
    statement: `No frame: ${why}.`,
    neurons: frame.neurons,
    dimensions: found === null ? [] : dimensionsOf(found),
    planes: [],
    rate: UNKNOWN,
    withinSpan: UNKNOWN,
    withinSpanIfIsotropic: null,
  });
  const why = whyNone(frame, noiseFree);
  if (why !== null) return none(why);
  const found = stimulusAxes(frame);
  const { axes, validated } = found;
  if (validated < MIN_DIMENSIONS) {
    const failing = axes[validated];
    const count = formatCounted(validated, 'dimension is', 'dimensions are');
    return none(`${count} validated, two are needed; of dimension ${validated + 1}, ${whyInvalid(failing)}`, found);
  }
  const turns = turnsOf(frame, axes.slice(0, validated));
  if (turns.broken !== null) {
    const [a, b] = [turns.broken + 1, turns.broken + 2];
    return none(
      `sessions ${a} and ${b} have less than half of the code in common, so that no turn is told from a new code`,
      found,
    );
  }
  const { planes, drift, rates } = turns;
  const within = rates.meanDiffusion(planes.flatMap(({ across }) => across));
  const whole = rates.diffusion(drift).value ?? NaN;
  return {
    statement: validatedStatement(frame, found, noiseFree),
    neurons: frame.neurons,
    dimensions: dimensionsOf(found),
    planes: planes.map(({ axes: [k, l], turns: own, turn }) => ({
      dimensions: [k + 1, l + 1],
      isDistinct: isDistinct(axes[k]) && isDistinct(axes[l]),
      rate: rates.diffusion(turn),
      fluctuation: rates.fluctuation(turn),
      turns: Array.from(own),
    })),
    rate: rates.meanDiffusion(planes.map(({ turn }) => turn)),
    // Each plane turns and shears two axes.
    withinSpan: whole > 0 ? over(within, whole / (4 * planes.length)) : UNKNOWN,
    withinSpanIfIsotropic: (validated - 1) / (frame.neurons - 1),
  };
}

function whyNone({ sessions, stimuli, neurons, groups }: FrameCodes, noiseFree: boolean): string | null {
  if (stimuli < MIN_STIMULI)
    return `of ${formatCounted(stimuli, 'stimulus', 'stimuli')} one dimension is left at most, three are needed`;
  if (sessions < MIN_SESSIONS) return `${formatCounted(sessions, 'session')} are too few, three are needed`;
  if (!noiseFree && !groups) return 'each session needs four trials or more, of which halves are compared';
  const least = noiseFree ? MIN_DIMENSIONS : MIN_NEURONS;
  return neurons < least
    ? `${formatCounted(neurons, 'neuron')} were recorded in every session, ${least} are needed`
    : null;
}

function validatedStatement({ neurons }: FrameCodes, { axes, validated }: StimulusAxes, noiseFree: boolean): string {
  const where = noiseFree ? 'every other session' : 'the other half of the trials';
  const shared = axes.slice(0, validated).flatMap((own, k) => (isDistinct(own) ? [] : [k + 1]));
  return [
    `The first ${validated} of ${axes.length} dimensions are found again in ${where}, in ${formatCount(neurons)} neurons that every session has.`,
    ...(validated < axes.length ? [`Dimension ${validated + 1} is not: ${whyInvalid(axes[validated])}.`] : []),
    ...(shared.length > 0
      ? [
          `Of dimensions ${shared.join(', ')} only the span is known, not each axis: rates of their planes are of some axes in it.`,
        ]
      : []),
  ].join(' ');
}

const dimensionsOf = ({ axes, validated }: StimulusAxes): Turning['dimensions'] =>
  axes.map((own, k) => ({
    strength: own.strength,
    strengthOverError: own.errors,
    cosine: own.cosine,
    spanCosine: own.spanCosine,
    overlap: own.overlap,
    isValidated: k < validated,
    isDistinct: isDistinct(own),
    weights: Array.from(own.axis),
  }));

const over = ({ value, se, interval95 }: Measured, divisor: number): Measured => ({
  value: value === null ? null : value / divisor,
  se: se === null ? null : se / divisor,
  interval95: interval95 && [interval95[0] / divisor, interval95[1] / divisor],
});
