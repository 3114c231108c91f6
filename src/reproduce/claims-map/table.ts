import type { PreparedPoint } from '#experiment';
import type { ClaimsMapTable } from '#figure';
import { FREQUENCY } from './frequency-points.js';
import type { FrequencyStep } from './frequency-steps.js';

/** What a sweep sets at a point, with the labels of the file. */
type Assignments = PreparedPoint['point']['assignments'];

/** The figure of the map: steps by theory as cells, steps by simulation as spots, with the labels of the swept parameters. */
export function claimsMapTable(
  predicted: readonly FrequencyStep[],
  simulated: readonly FrequencyStep[] = [],
  assignments: Assignments = [],
): ClaimsMapTable {
  const labelOf = (key: string): string | undefined => assignments.find(({ name }) => name === key)?.label;
  return {
    kind: 'claims-map',
    cells: predicted.map((step) => ({ ...step, slope: step.slope.value })),
    spots: simulated,
    labels: {
      weightDecay: labelOf('model.weightDecay'),
      labelNoiseVariance: labelOf('model.labelNoiseVariance'),
      frequency: labelOf(FREQUENCY),
    },
  };
}
