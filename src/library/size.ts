import { InvalidInputError } from '#core';
import { networkSize, type PreparedPoint } from '#experiment';

/** Most numbers of weights, or of trajectories, that are written for one point: 1 GB. */
const MAX_KEPT = 2 ** 27;

const gigabytes = (count: number): string => `${((count * 8) / 1e9).toPrecision(3)} GB`;

/** Throws InvalidInputError, at the key trajectorySamples, where the kept trajectories of a point are too large. */
export function assertTrajectoriesFit(prepared: readonly PreparedPoint<null>[], allUnits: boolean): void {
  for (const { point, plan } of prepared) {
    const { simulatedUnits, hiddenUnits } = networkSize(point);
    const units = allUnits ? hiddenUnits : simulatedUnits;
    const { trajectorySamples, probes } = plan.measurement;
    const count = plan.replicas * trajectorySamples.length * probes * units;
    if (count <= MAX_KEPT) continue;
    throw new InvalidInputError(
      `trajectories of ${plan.replicas} replicas, ${trajectorySamples.length} samples, ${probes} probes and ${units} units ` +
        `take ${gigabytes(count)}, at most ${gigabytes(MAX_KEPT)} can be kept; give fewer trajectorySamples${allUnits ? ', or leave --all-units out' : ''}`,
      ['simulation', 'trajectorySamples'],
    );
  }
}

/** Throws InvalidInputError where the final weights of a point are too large. */
export function assertWeightsFit(prepared: readonly PreparedPoint<null>[]): void {
  for (const { point, plan } of prepared) {
    const { hiddenUnits, weights } = networkSize(point);
    const count = plan.replicas * weights;
    if (count <= MAX_KEPT) continue;
    throw new InvalidInputError(
      `--weights: ${plan.replicas} replicas of ${hiddenUnits} hidden units take ${gigabytes(count)}, ` +
        `at most ${gigabytes(MAX_KEPT)} can be written; give fewer hiddenUnits or replicas`,
    );
  }
}
