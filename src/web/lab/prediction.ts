import { SUPERSEDE_AFTER_MS, type TheoryClient } from '../prediction/client.js';
import type { DataFile, LabPoint, PlainExperiment } from '../prediction/messages.js';
import { presetFiles } from './import.js';
import { experimentOf, hasFrequency, type LabState } from './state.js';

/** A point with the experiment that it belongs to. */
export interface PredictedPoint {
  readonly experiment: PlainExperiment;
  readonly point: LabPoint;
  /** Of its first stimulus; null for an input without one. */
  readonly frequency: number | null;
}

/**
 * The prediction for a state; `first` receives a first answer where that takes long. `files` are the data files that came with the user's
 * experiment.
 */
export async function predictState(
  state: LabState,
  theory: Pick<TheoryClient, 'point'>,
  files: readonly DataFile[],
  first: (predicted: PredictedPoint) => void = () => undefined,
): Promise<PredictedPoint> {
  const experiment = experimentOf(state);
  const { userExperiment, parameters } = state;
  const named = userExperiment ? files : await presetFiles(parameters.preset);
  const predicted = (point: LabPoint): PredictedPoint => ({
    experiment,
    point,
    frequency: hasFrequency(state) ? parameters.f : null,
  });
  return predicted(
    await theory.point({ experiment, files: named }, (point) => {
      first(predicted(point));
    }),
  );
}

/** Milliseconds in which changes are collected before the theory is asked. */
const COLLECT_MS = 40;

interface Handlers<Answer> {
  readonly ask: () => Promise<Answer>;
  /** Receive the answer, or the error, of the latest question only. */
  readonly accept: (answer: Answer) => Promise<void>;
  readonly reject: (error: unknown) => void;
}

/**
 * Decides when a question is asked again. While a slider moves, an answer that takes less than SUPERSEDE_AFTER_MS is
 * awaited before the next question; a slower one is superseded.
 */
export class PredictionScheduler<Answer> {
  readonly #handlers: Handlers<Answer>;
  #latest = 0;
  /** When the question was asked whose answer is awaited, ms. */
  #askedAt = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(handlers: Handlers<Answer>) {
    this.#handlers = handlers;
  }

  /** Whether a question is about to be asked. */
  get isScheduled(): boolean {
    return this.#timer !== undefined;
  }

  /** Asks soon. */
  schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (performance.now() - this.#askedAt < SUPERSEDE_AFTER_MS) this.schedule();
      else void this.ask();
    }, COLLECT_MS);
  }

  /** Asks now. */
  async ask(): Promise<void> {
    const { ask, accept, reject } = this.#handlers;
    const number = ++this.#latest;
    this.#askedAt = performance.now();
    try {
      const answer = await ask();
      if (number !== this.#latest) return;
      this.#askedAt = -Infinity;
      await accept(answer);
    } catch (error) {
      if (number !== this.#latest) return;
      this.#askedAt = -Infinity;
      reject(error);
    }
  }
}
