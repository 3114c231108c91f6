/** What long work tells about itself. Injected; `silent` by default. */
export interface Progress {
  /** A new piece of work begins: what it is and its size in replica-steps. */
  start(label: string, totalSteps: number): void;
  /** Replica-steps done so far, of the total. */
  update(doneSteps: number): void;
  stop(): void;
}

export const silent: Progress = {
  start: () => undefined,
  update: () => undefined,
  stop: () => undefined,
};
