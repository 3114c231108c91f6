/** What long work tells about itself. Injected; `silent` by default. */
export interface Progress {
  /** A new piece of work begins: what it is, its size in replica-steps, and how many of them were done before. */
  start(label: string, totalSteps: number, doneSteps?: number): void;
  /** Replica-steps done so far, of the total; `note` says what else has come how far. */
  update(doneSteps: number, note?: string): void;
  stop(): void;
}

export const silent: Progress = {
  start: () => undefined,
  update: () => undefined,
  stop: () => undefined,
};
