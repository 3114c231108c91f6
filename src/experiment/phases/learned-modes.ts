import { InvalidInputError } from '#core';
import type { PlannedPhase } from './predicted-phases.js';

/**
 * Throws InvalidInputError where a phase learns more modes than one before it: what is not learned dies out, and units that are silent stay
 * silent, for the noise of a step is proportional to the weights.
 */
export function assertNoNewModes(phases: readonly PlannedPhase[]): void {
  const counts = phases.map(({ prediction }) => prediction?.singularValues.filter((value) => value > 0).length);
  const fewest = Math.min(...counts.slice(0, -1).map((count = Infinity) => count));
  const [own, phase] = [counts.at(-1), phases.at(-1)?.point.phase];
  if (own === undefined || phase === undefined || own <= fewest) return;
  throw new InvalidInputError(
    `the phase ${phase.name} learns ${own} modes and a phase before it ${fewest}, expected no more than before: units ` +
      'that have become silent never learn again',
    ['phases', phase.index],
  );
}
