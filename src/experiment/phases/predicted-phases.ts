import { correlationAcross, frameTransition, type PhaseMotion, type Prediction } from '#theory';
import { phasesOf, type Phase } from '../file/phases/phase.js';
import type { ReportPoint } from '../point-header.js';
import type { Orders } from '../theory/orders.js';
import type { Plan } from '../plan/plan.js';

/** What is known of a phase before it is simulated. */
export interface PlannedPhase extends Orders<null> {
  readonly point: ReportPoint;
  readonly plan: Plan;
}

/** When a phase is, in steps from the first sample of the experiment. */
export interface PhaseTimes {
  readonly name: string;
  /** From 0. */
  readonly index: number;
  readonly start: number;
  /** Steps from there to the first sample of the phase: its transient; 0 in the first phase. */
  readonly transient: number;
  readonly steps: number;
}

/** The times of a phase, after those of the phases before it. */
function phaseTimes(phase: Phase, plan: Plan, start: number): PhaseTimes {
  const { burnIn, samples, lag, after = 0 } = plan;
  const transient = phase.index === 0 ? 0 : burnIn;
  const steps = transient + (samples - 1) * lag + after;
  return { name: phase.name, index: phase.index, start, transient, steps };
}

/** The times of all phases of a list that begins with the first one. */
export function timesOfPhases(phases: readonly Pick<PlannedPhase, 'point' | 'plan'>[]): PhaseTimes[] {
  let start = 0;
  return phases.flatMap(({ point: { phase }, plan }) => {
    if (!phase) return [];
    const times = phaseTimes(phase, plan, start);
    start += times.steps;
    return [times];
  });
}

/** Self-correlations as the theory has them; null for a probe that is not represented. */
interface PhaseCorrelations {
  /** From the first sample of the experiment, [time][probe]. */
  readonly fromStart: (number | null)[][];
  /** From each boundary before, the first sample and the ends of earlier phases, to the end of the phase, [boundary][probe]. */
  readonly toEnd: (number | null)[][];
}

/**
 * Predicted self-correlations between the last phase of a list, at times since its first sample, and those before it. null where a
 * phase has no prediction, and for a rule without symmetry.
 */
export function predictedCorrelations(
  phases: readonly PlannedPhase[],
  times: readonly number[],
): PhaseCorrelations | null {
  const motions = motionsOf(phases);
  const own = timesOfPhases(phases).at(-1);
  if (!motions || !own) return null;
  return {
    fromStart: correlationAcross(
      motions,
      times.map((time) => own.transient + time),
    ),
    toEnd: motions.flatMap((_, k) => {
      const [row] = correlationAcross(motions.slice(Math.max(k - 1, 0)), [own.steps], { fromEnd: k > 0 });
      return [row];
    }),
  };
}

function motionsOf(phases: readonly PlannedPhase[]): PhaseMotion[] | null {
  const times = timesOfPhases(phases);
  const motions: PhaseMotion[] = [];
  for (const [k, { prediction, next, best }] of phases.entries()) {
    if (!prediction) return null;
    const before = k === 0 ? null : manifoldOf(phases[k - 1]);
    const transition = before && frameTransition(before, { ...prediction, model: phases[k].point.model });
    if (before && !transition) return null;
    motions.push({ motion: next ?? best ?? prediction, steps: times[k].steps, transition });
  }
  return motions;
}

type Manifold = Pick<Prediction, 'referencePoint' | 'duals'> & Pick<ReportPoint, 'model'>;

const manifoldOf = ({ point: { model }, prediction }: PlannedPhase): Manifold | null =>
  prediction && { ...prediction, model };

/** The phases of the experiment of a listed point up to that point itself; null where there are none, or the list lacks some. */
export function phasesUpTo<P extends Pick<PlannedPhase, 'point'>>(listed: readonly P[], position: number): P[] | null {
  const { phase } = listed[position].point;
  if (!phase || position < phase.index) return null;
  const phases = listed.slice(position - phase.index, position + 1);
  const isWhole = phases.every(({ point }, index) => point.phase?.index === index && phasesOf(point) === phase.count);
  return isWhole ? phases : null;
}
