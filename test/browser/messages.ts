/** From the test to the page. */
export interface RunRequest {
  /** Name and text of the experiment file. */
  readonly name: string;
  readonly text: string;
  readonly workers: number;
  /** Milliseconds after the first progress at which the run is stopped. */
  readonly stopAfter?: number;
  /** Whether the page loads the kernel itself and passes it to the pool. */
  readonly preloaded?: boolean;
}

export interface RunAnswer {
  /** The report as JSON, or the message of the error that ended the run. */
  readonly report: string | null;
  readonly error: string | null;
  /** Replica-steps of the plan, and those that were reported on the way. */
  readonly total: number;
  readonly progress: number[];
  /** Milliseconds from stopping the run to its end; null when it was not stopped. */
  readonly latency: number | null;
  /** Whether the page may share memory with its workers. */
  readonly sharedMemory: boolean;
}

/** The global function `meander` of the page. */
export type RunInPage = (request: RunRequest) => Promise<RunAnswer>;
