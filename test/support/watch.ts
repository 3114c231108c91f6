import { ReferenceRecorder, ReplicaObserver, type MeasurementContext, type ReplicaSummary } from '#measure';
import type { Matrix } from '#linalg';

/** One replica whose states are given, by the readable recorder. */
export function watch(context: MeasurementContext): {
  readonly observe: (theta: Matrix) => void;
  readonly summary: () => ReplicaSummary;
} {
  let given: Matrix;
  let first = true;
  const recorder = new ReferenceRecorder(context, 1, (_, into) => {
    into.data.set(given.data);
  });
  const observer = new ReplicaObserver(context, recorder, 0);
  return {
    observe: (theta) => {
      given = theta;
      recorder.record(0, first);
      observer.observe();
      first = false;
    },
    summary: () => observer.summary(),
  };
}
