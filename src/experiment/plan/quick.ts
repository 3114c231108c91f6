import type { Experiment } from '../file/resolve.js';

/** How much looser the target error of a quick look is. */
const QUICK_FACTOR = 3;

/** The experiment with three times the target error: a ninth of the time. */
export function quickened({ name, points }: Experiment): Experiment {
  return {
    name,
    points: points.map((point) => ({
      ...point,
      simulation: { ...point.simulation, targetError: point.simulation.targetError * QUICK_FACTOR },
    })),
  };
}
