import type { Submission } from './submissions.node.js';

/** What Meander asks of a batch system. Nothing is kept open: every call is a command that ends. */
export interface Scheduler {
  /** Most elements of one array. */
  readonly mostElements: () => Promise<number>;
  /** Lines of the job script that the batch system reads. */
  readonly header: (submission: Submission, directory: string) => readonly string[];
  /** Lines of shell that leave the number of the element, counted from 0, in MEANDER_ELEMENT, or fail. */
  readonly element: (submission: Submission) => string;
  /** The commands that hand over a script, for people to read. */
  readonly commands: (submission: Submission, script: string, directory: string) => readonly string[];
  /**
   * Hands over a script; `keep` is told what the batch system calls the jobs, as soon as it has. Throws InvalidInputError when
   * it is refused.
   */
  readonly submit: (
    submission: Submission,
    script: string,
    directory: string,
    keep: (jobs: readonly string[]) => Promise<void>,
  ) => Promise<void>;
  /** Elements that wait or run, of all submissions at once; null where that cannot be known. */
  readonly active: (
    submissions: readonly Submission[],
    directory: string,
  ) => Promise<ReadonlyMap<number, ReadonlySet<number>> | null>;
  /** Takes back what waits or runs; throws InvalidInputError when that fails for some, after it tried all. */
  readonly cancel: (submissions: readonly Submission[], directory: string) => Promise<void>;
  /** Queues the element again that this process is, after it kept its state; false where it cannot. */
  readonly requeue: () => Promise<boolean>;
}
