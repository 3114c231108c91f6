/**
 * Work under way. Between slices of some milliseconds it hands over control, yields the replica-steps made since it last
 * did, and is told whether to stop: a thread that can see a shared flag goes on at once, a web worker listens for messages
 * in between.
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
