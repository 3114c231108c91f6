import { InvalidInputError } from '#core';
import type { DataFile, ExperimentText, LabPoint, TheoryAnswer, TheoryRequest } from './messages.js';

type Unnumbered<Request> = Request extends unknown ? Omit<Request, 'id'> : never;

/** The theory worker as the page sees it. Every promise is refused with InvalidInputError where the theory says no. */
export class TheoryClient {
  readonly #worker = new Worker(new URL('./theory.worker.ts', import.meta.url), { type: 'module' });
  readonly #waiting = new Map<number, { resolve: (answer: TheoryAnswer) => void; reject: (error: Error) => void }>();
  #last = 0;

  constructor() {
    this.#worker.addEventListener('message', ({ data: answer }: MessageEvent<TheoryAnswer>) => {
      const waiting = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if (answer.kind === 'refused') waiting?.reject(new InvalidInputError(answer.message));
      else waiting?.resolve(answer);
    });
    this.#worker.addEventListener('error', ({ message }: Partial<ErrorEvent>) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(message ?? 'the theory cannot be loaded'));
      this.#waiting.clear();
    });
  }

  async point(experiment: ExperimentText): Promise<LabPoint> {
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
    const answer = await this.#ask({ kind: 'file', file, others, place });
    return answer as Extract<TheoryAnswer, { kind: 'file' }>;
  }

  #ask(request: Unnumbered<TheoryRequest>): Promise<TheoryAnswer> {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ ...request, id });
    });
  }
}
