import type { WorkerCommand } from './messages.js';

type GoalCommand = Extract<WorkerCommand, { kind: 'goal' }>;

/** Timers are late by some milliseconds: of many samples a second several are made at once. */
const TIMER_MS = 12;
/** By how much samples may be late so that the next ones follow faster, ms. */
const MAX_LATE_MS = 200;

/** What a worker works towards: the goal that the page has set last. */
export class Goal {
  #latest: Omit<GoalCommand, 'kind'> = { number: 0, samples: 0, maxSampleRate: Infinity, dutyCycle: 1 };
  #resolveChange: () => void = () => undefined;
  #change = this.#nextChange();
  /** Samples that are not exceeded while the goal stays, and what waits for another limit or goal. */
  #limit = Infinity;
  #wake: () => void = () => undefined;
  /** When the next sample is due, ms. */
  #due = -Infinity;

  get number(): number {
    return this.#latest.number;
  }
  get samples(): number {
    return this.#latest.samples;
  }
  get dutyCycle(): number {
    return this.#latest.dutyCycle;
  }

  set(command: GoalCommand): void {
    this.#latest = command;
    this.#resolveChange();
    this.#change = this.#nextChange();
    this.limit(Infinity);
  }

  /** Lets a worker make so many samples, until the next goal or limit. */
  limit(samples: number): void {
    this.#limit = samples;
    this.#wake();
  }

  /** Whether this many samples are enough until another limit comes. */
  isAhead(samples: number): boolean {
    return samples >= this.#limit && samples < this.samples;
  }

  /** Waits until this many samples are not enough any more. */
  async untilBehind(samples: number): Promise<void> {
    while (this.isAhead(samples)) await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  /** Resolves when the next goal is set. */
  get changed(): Promise<void> {
    return this.#change;
  }

  /**
   * Waits until it is time for the sample after this many, the last of which began at `startedAt` (performance.now()).
   * A new goal takes effect at once, whatever the pace was before; a goal that is reached is not waited for. Resolves with
   * whether there was time to rest, in which messages were handled.
   */
  async untilDue(samples: number, startedAt: number): Promise<boolean> {
    let rested = false;
    // Samples that were late are made up for, but not those of a long rest.
    const from = this.#due > startedAt - MAX_LATE_MS ? this.#due : startedAt;
    while (samples < this.samples) {
      this.#due = from + 1000 / this.#latest.maxSampleRate;
      const rest = this.#due - performance.now();
      if (!(rest > TIMER_MS)) return rested;
      await Promise.race([delay(rest), this.#change]);
      rested = true;
    }
    return rested;
  }

  #nextChange(): Promise<void> {
    return new Promise((resolve) => (this.#resolveChange = resolve));
  }
}

export const delay = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time));
