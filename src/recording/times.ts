import { formatCounted, InvalidInputError } from '#core';

/** Without times, sessions are one of these apart. */
export const SESSION_UNIT = 'session';
/** The unit of times for which none was given. */
export const UNNAMED_UNIT = 'unit of time';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Whether a text is numbers separated by commas or blanks. */
export const areNumbers = (text: string): boolean =>
  text.trim() !== '' && separated(text).every((word) => NUMBER.test(word));

const NOT_FINITE = /^[+-]?(nan|na|inf(inity)?)$/i;

/**
 * Throws InvalidInputError for a text of times that is neither numbers nor may be a name: nothing, or numbers among which one is
 * none, which would otherwise be looked for as the name of an array.
 */
export function assertNumbersOrName(text: string): void {
  const words = separated(text);
  const isNumeric = (word: string): boolean => NUMBER.test(word) || NOT_FINITE.test(word);
  if (words.every((word) => word === '' || isNumeric(word)) || (text.includes(',') && words.some(isNumeric))) {
    parseNumbers(text, '--times: the times');
  }
}

const separated = (text: string): string[] => text.trim().split(/[\s,;]+/);

/**
 * The numbers of a text, separated by commas or one a line; a line of names at its beginning is passed over. Throws
 * InvalidInputError that names what is no number.
 */
export function parseNumbers(text: string, what: string): number[] {
  const [first, ...rest] = text.trim().split(/\r?\n/);
  const body = rest.length > 0 && /^[^\d,;]+$/.test(first) ? rest.join('\n') : text;
  if (body.trim() === '') throw new InvalidInputError(`${what} are empty, expected numbers`);
  return separated(body).map((word) => {
    if (NUMBER.test(word) && Number.isFinite(Number(word))) return Number(word);
    throw new InvalidInputError(
      `${what} have ${JSON.stringify(word)}, expected finite numbers, separated by commas or one a line`,
    );
  });
}

/** Times that fit the sessions of a recording. Throws Error unless they are as many, finite and strictly increasing. */
export function assertTimes(times: readonly number[], sessions: number): void {
  if (times.length !== sessions) {
    throw new Error(
      `it has ${formatCounted(sessions, 'session')} and ${formatCounted(times.length, 'time')}, expected one time for each`,
    );
  }
  times.forEach((time, k) => {
    if (!Number.isFinite(time))
      throw new Error(`the time of its session ${k + 1} is ${time}, expected a finite number`);
    if (k > 0 && !(time > times[k - 1])) {
      throw new Error(
        `the times of its sessions ${k} and ${k + 1} are ${times[k - 1]} and ${time}, expected strictly increasing times: ` +
          'order the sessions by time',
      );
    }
  });
}
