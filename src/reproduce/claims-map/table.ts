import type { ClaimsMapTable } from '#figure';
import type { FrequencyStep } from './frequency-steps.js';

/** The figure of the map: steps by theory as cells, and steps by simulation as spots. */
export const claimsMapTable = (
  predicted: readonly FrequencyStep[],
  simulated: readonly FrequencyStep[] = [],
): ClaimsMapTable => ({
  kind: 'claims-map',
  cells: predicted.map((step) => ({ ...step, slope: step.slope.value })),
  spots: simulated,
});
