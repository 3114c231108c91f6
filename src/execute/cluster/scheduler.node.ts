import type { Submission } from './submissions.node.js';

/** What Meander asks of a batch system. Nothing is kept open: every call is a command that ends. */
export interface Scheduler {
  /** Most elements of one array. */
  readonly mostElements: () => Promise<number>;
  /** Lines of the job script that the batch system reads. */
  readonly header: (submission: Submission, directory: string) => readonly string[];
  /** Lines of shell that leave the number of the element, counted from 0, in MEANDER_ELEMENT. */
  readonly element: (submission: Submission) => string;
  /** Hands over a script; returns what the batch system calls the jobs. Throws InvalidInputError when it is refused. */
  readonly submit: (submission: Submission, script: string, directory: string) => Promise<readonly string[]>;
  /** Elements that wait or run, of all submissions at once; null where that cannot be known. */
  readonly active: (submissions: readonly Submission[]) => Promise<ReadonlyMap<number, ReadonlySet<number>> | null>;
  readonly cancel: (submissions: readonly Submission[]) => Promise<void>;
  /** Queues the element again that this process is, after it kept its state; false where it cannot. */
  readonly requeue: () => Promise<boolean>;
}
