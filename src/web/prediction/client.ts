import { InvalidInputError } from '#core';
import type {
  DataFile,
  ExperimentWithFiles,
  LabPoint,
  PlainExperiment,
  TheoryAnswer,
  TheoryRequest,
} from './messages.js';

type WithoutId<Request> = Request extends unknown ? Omit<Request, 'id'> : never;

/** Milliseconds after which a question gives way to a newer one. */
export const SUPERSEDE_AFTER_MS = 400;

/** The user does not wait for the answer. */
export class CancelledPrediction extends Error {}

/** The answer to a question is no longer wanted. */
export class SupersededError extends Error {}

interface PendingQuestion {
  /** When it was asked, ms; Infinity for one that yields to others and so never blocks them. */
  readonly askedAt: number;
  readonly first: (point: LabPoint) => void;
  readonly resolve: (answer: TheoryAnswer) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The theory worker as the page sees it. A promise is rejected with InvalidInputError where the theory makes no
 * prediction, and with SupersededError when a newer question about a point or a file came and the worker had been busy
 * for too long.
 */
export class TheoryClient {
  readonly #pending = new Map<number, PendingQuestion>();
  #worker = this.#spawnWorker();
  #lastId = 0;

  /** `onProgress` receives what long predictions say before they are done. */
  constructor(private readonly onProgress: (text: string) => void = () => undefined) {}

  #spawnWorker(): Worker {
    const worker = new Worker(new URL('./theory.worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data: answer }: MessageEvent<TheoryAnswer>) => {
      const question = this.#pending.get(answer.id);
      if (answer.kind === 'progress') {
        if (question) this.onProgress(answer.text);
        return;
      }
      if (answer.kind === 'first') {
        question?.first(answer.point);
        return;
      }
      this.#pending.delete(answer.id);
      if (answer.kind === 'error') question?.reject(new InvalidInputError(answer.message));
      else question?.resolve(answer);
    });
    worker.addEventListener('error', ({ message }: Partial<ErrorEvent>) => {
      this.#rejectAll(new Error(message ?? 'the theory cannot be loaded'));
    });
    return worker;
  }

  #rejectAll(error: Error): void {
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }

  /** Replaces a worker that has been busy with a question for too long. */
  #preempt(): void {
    const askedAt = Math.min(...Array.from(this.#pending.values(), (question) => question.askedAt));
    if (performance.now() - askedAt < SUPERSEDE_AFTER_MS) return;
    this.#replaceWorker(new SupersededError('a newer question was asked'));
  }

  /** Ends what is being computed. */
  cancel(): void {
    this.#replaceWorker(new CancelledPrediction('The prediction was cancelled.'));
  }

  #replaceWorker(reason: Error): void {
    this.#worker.terminate();
    this.#worker = this.#spawnWorker();
    this.#rejectAll(reason);
  }

  /** The prediction of the first point of an experiment; `first` receives a first answer where that takes long. */
  async point(given: ExperimentWithFiles, first: (point: LabPoint) => void = () => undefined): Promise<LabPoint> {
    this.#preempt();
    const answer = await this.#ask({ kind: 'point', given }, first);
    return (answer as Extract<TheoryAnswer, { kind: 'point' }>).point;
  }

  /** D/|h|^2 of every probe for each of the experiments, rad^2 per step; empty where the theory makes no prediction. */
  async rates(experiments: readonly PlainExperiment[]): Promise<readonly (readonly number[])[]> {
    const answer = await this.#ask({ kind: 'rates', experiments });
    return (answer as Extract<TheoryAnswer, { kind: 'rates' }>).rates;
  }

  /** The experiment of a file: of a table, or of a point (from 0) of an experiment file that may name others. */
  async file(
    file: DataFile,
    others: readonly DataFile[],
    pointIndex: number,
  ): Promise<Extract<TheoryAnswer, { kind: 'file' }>> {
    this.#preempt();
    const answer = await this.#ask({ kind: 'file', file, others, pointIndex });
    return answer as Extract<TheoryAnswer, { kind: 'file' }>;
  }

  #ask(request: WithoutId<TheoryRequest>, first: (point: LabPoint) => void = () => undefined): Promise<TheoryAnswer> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const askedAt = request.kind === 'rates' ? Infinity : performance.now();
      this.#pending.set(id, { askedAt, first, resolve, reject });
      this.#worker.postMessage({ ...request, id });
    });
  }
}
