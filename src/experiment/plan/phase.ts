import { InvalidInputError } from '#core';
import type { Phase } from '../file/phases/phase.js';
import type { SimulationSpec } from '../file/schema.js';

/**
 * Transient of a later phase in relaxation times: the way from the old manifold may be as long as the weights themselves, and what is
 * left of it, e^-10, is small beside the fluctuation.
 */
const TRANSIENT_RELAXATIONS = 10;

/** The automatic transient of a phase whose manifold is known. */
export const transientOf = (relaxationTime: number): number => Math.round(TRANSIENT_RELAXATIONS * relaxationTime);

/**
 * How a phase is sampled: after the first one a transient takes the place of the burn-in, and what its steps leave is the duration.
 * Throws InvalidInputError where that is less than two lags.
 */
export function phaseSampling(
  simulation: SimulationSpec,
  { name, index, steps, transient }: Phase,
  automaticTransient: number,
  lag: number,
): SimulationSpec {
  const isFirst = index === 0;
  const automatic = isFirst ? 0 : automaticTransient;
  const unmeasured = transient === 'auto' ? automatic : transient;
  const sampling = isFirst ? simulation : { ...simulation, burnIn: unmeasured };
  if (steps === 'auto') return sampling;
  if (steps - unmeasured >= 2 * lag) return { ...sampling, duration: steps - unmeasured };
  const parts = `${isFirst ? '' : `a transient of ${unmeasured} and `}two lags of ${lag}`;
  throw new InvalidInputError(
    `found ${steps} steps in the phase ${name}, expected at least ${unmeasured + 2 * lag}: ${parts}`,
    ['phases', index, 'steps'],
  );
}

/** Steps from the last sample of a plan to the end of its phase. */
export const stepsAfter = (
  { steps }: Phase,
  { duration }: SimulationSpec,
  { samples, lag }: { readonly samples: number; readonly lag: number },
): number => (steps === 'auto' || duration === 'auto' ? 0 : duration - (samples - 1) * lag);
