import type { Submission } from './submissions.node.js';

/** A batch system. Nothing stays connected: every call runs a command that ends. */
export interface Scheduler {
  /** Most array tasks of one job array. */
  readonly maxArraySize: () => Promise<number>;
  /** Lines of the job script that the batch system reads. */
  readonly header: (submission: Submission, directory: string) => readonly string[];
  /** A shell command that sets MEANDER_ARRAY_TASK to the index of the array task, from 0, or fails. */
  readonly arrayTaskIndex: (submission: Submission) => string;
  /** The commands that submit a script, for people to read. */
  readonly commands: (submission: Submission, script: string, directory: string) => readonly string[];
  /**
   * Submits a script. `saveJobs` is called with the ids of the jobs as soon as the batch system has given them. Throws
   * InvalidInputError when the batch system rejects it.
   */
  readonly submit: (
    submission: Submission,
    script: string,
    directory: string,
    saveJobs: (jobs: readonly string[]) => Promise<void>,
  ) => Promise<void>;
  /** Array tasks of each submission, by its number, that are queued or running; null if that cannot be known. */
  readonly active: (
    submissions: readonly Submission[],
    directory: string,
  ) => Promise<ReadonlyMap<number, ReadonlySet<number>> | null>;
  /** Cancels what is queued or running. Tries all, then throws InvalidInputError if that failed for any. */
  readonly cancel: (submissions: readonly Submission[], directory: string) => Promise<void>;
  /**
   * Queues the array task again that this process is, after it has saved its state; false if the batch system cannot.
   */
  readonly requeue: () => Promise<boolean>;
}
