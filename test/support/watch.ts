import {
  MeasurementContext,
  ReferenceAccumulator,
  ReplicaObserver,
  type Measurement,
  type Readout,
  type ReplicaSummary,
} from '#measure';

/** Measures one replica whose states are given. */
export function watch<S>(
  measurement: Measurement,
  readout: Readout<S>,
): { readonly observe: (state: S) => void; readonly summary: () => ReplicaSummary } {
  const context = new MeasurementContext(measurement, readout);
  const given: S[] = [];
  const accumulator = new ReferenceAccumulator(context, 1, () => given[given.length - 1]);
  const observer = new ReplicaObserver(context, accumulator, 0);
  return {
    observe: (state) => {
      given.push(state);
      accumulator.add(0, given.length === 1);
      observer.observe();
    },
    summary: () => observer.summary(),
  };
}
