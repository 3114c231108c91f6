/**
 * Work in slices of some milliseconds. After each it yields the number of replica-steps made in it and receives whether to
 * stop. So a thread can check a shared flag between slices, and a web worker can listen for messages.
 */
export type CooperativeTask<T> = Generator<number, T, boolean>;

/** How sliced work that is run in one go talks to its caller. */
interface SliceHooks {
  /** Called after each slice with the replica-steps made in it. */
  readonly advanced: (replicaSteps: number) => void;
  readonly cancelled: () => boolean;
}

const noHooks: SliceHooks = { advanced: () => undefined, cancelled: () => false };

/** Runs sliced work to its end without giving up the thread. */
export function runSlices<T>(work: CooperativeTask<T>, { advanced, cancelled }: SliceHooks = noHooks): T {
  let slice = work.next(false);
  while (!slice.done) {
    advanced(slice.value);
    slice = work.next(cancelled());
  }
  return slice.value;
}
