import { InvalidInputError } from '#core';
import type { DataFile, ExperimentText, LabPoint, TheoryAnswer, TheoryRequest } from './messages.js';

type Unnumbered<Request> = Request extends unknown ? Omit<Request, 'id'> : never;

/** Milliseconds that a question may keep others waiting. */
export const SUPERSEDE_AFTER_MS = 400;

/** A question whose answer nobody wants any more. */
export class SupersededError extends Error {}

interface Waiting {
  /** Infinity for one that lets others go first. */
  readonly asked: number;
  readonly resolve: (answer: TheoryAnswer) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The theory worker as the page sees it. Every promise is refused with InvalidInputError where the theory says no, and with
 * SupersededError when a newer question about a point or a file did not wait for the answer.
 */
export class TheoryClient {
  readonly #waiting = new Map<number, Waiting>();
  #worker = this.#spawnWorker();
  #last = 0;

  #spawnWorker(): Worker {
    const worker = new Worker(new URL('./theory.worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data: answer }: MessageEvent<TheoryAnswer>) => {
      const waiting = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if (answer.kind === 'refused') waiting?.reject(new InvalidInputError(answer.message));
      else waiting?.resolve(answer);
    });
    worker.addEventListener('error', ({ message }: Partial<ErrorEvent>) => {
      this.#refuseAll(new Error(message ?? 'the theory cannot be loaded'));
    });
    return worker;
  }

  #refuseAll(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  /** Takes a worker that is free, where the present one has been at a question for long. */
  #preempt(): void {
    const began = Math.min(...Array.from(this.#waiting.values(), ({ asked }) => asked));
    if (performance.now() - began < SUPERSEDE_AFTER_MS) return;
    this.#worker.terminate();
    this.#worker = this.#spawnWorker();
    this.#refuseAll(new SupersededError('a newer question was asked'));
  }

  async point(experiment: ExperimentText): Promise<LabPoint> {
    this.#preempt();
    const answer = await this.#ask({ kind: 'point', experiment });
    return (answer as Extract<TheoryAnswer, { kind: 'point' }>).point;
  }

  async rates(texts: readonly string[]): Promise<readonly (readonly number[])[]> {
    const answer = await this.#ask({ kind: 'rates', texts });
    return (answer as Extract<TheoryAnswer, { kind: 'rates' }>).rates;
  }

  async file(
    file: DataFile,
    others: readonly DataFile[],
    place: number,
  ): Promise<Extract<TheoryAnswer, { kind: 'file' }>> {
    this.#preempt();
    const answer = await this.#ask({ kind: 'file', file, others, place });
    return answer as Extract<TheoryAnswer, { kind: 'file' }>;
  }

  #ask(request: Unnumbered<TheoryRequest>): Promise<TheoryAnswer> {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { asked: request.kind === 'rates' ? Infinity : performance.now(), resolve, reject });
      this.#worker.postMessage({ ...request, id });
    });
  }
}
