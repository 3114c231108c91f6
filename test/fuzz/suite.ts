// What the parts of the fuzz program have in common.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Host, type Outcome } from './host.js';
import { complaintsOf } from './judge.js';

/** What a part found: how many cases it ran, and what is wrong. */
export interface Findings {
  readonly cases: number;
  /** Cases by how they ended, such as "accepted" and "refused". */
  readonly counts: Readonly<Record<string, number>>;
  readonly slowest: number;
  readonly largest: number;
  /** One line for each case that broke a promise, beginning with its number. */
  readonly complaints: readonly string[];
}

/** Collects how the cases of a part ended. */
export class Tally {
  #cases = 0;
  #slowest = 0;
  #largest = 0;
  readonly #counts: Record<string, number> = {};
  readonly #complaints: string[] = [];

  /** Adds one command of a case; `more` says what is wrong with it beyond what every command owes. */
  command(
    number: number,
    args: readonly string[],
    outcome: Outcome,
    more: readonly string[] = [],
    notes?: RegExp,
  ): void {
    this.measure(outcome.seconds, outcome.bytes);
    this.count(outcome.code === 0 ? 'accepted' : outcome.code === 2 ? 'refused' : 'broken');
    for (const text of [...complaintsOf(outcome, notes), ...more]) this.complain(number, `${args.join(' ')}: ${text}`);
  }

  measure(seconds: number, bytes: number): void {
    this.#slowest = Math.max(this.#slowest, seconds);
    this.#largest = Math.max(this.#largest, bytes);
  }

  count(kind: string): void {
    this.#counts[kind] = (this.#counts[kind] ?? 0) + 1;
  }

  complain(number: number, text: string): void {
    this.#complaints.push(`case ${number}: ${text}`);
  }

  case(): void {
    this.#cases++;
  }

  get findings(): Findings {
    const [slowest, largest] = [this.#slowest, this.#largest];
    return { cases: this.#cases, counts: this.#counts, slowest, largest, complaints: this.#complaints };
  }
}

/** A part of the program: cases `from` to `from + count - 1` of a seed. */
export type Suite = (options: SuiteOptions) => Promise<Findings>;

export interface SuiteOptions {
  readonly seed: number;
  readonly from: number;
  readonly count: number;
}

/** Runs every case in a directory and with a host that all share. */
export async function eachCase(
  { from, count }: SuiteOptions,
  body: (number: number, directory: string, host: Host, tally: Tally) => Promise<void>,
): Promise<Findings> {
  const tally = new Tally();
  const host = new Host();
  const directory = await mkdtemp(join(tmpdir(), 'meander-fuzz-'));
  try {
    for (let number = from; number < from + count; number++) {
      await body(number, directory, host, tally);
      tally.case();
    }
  } finally {
    await host.close();
    await rm(directory, { recursive: true });
  }
  return tally.findings;
}
