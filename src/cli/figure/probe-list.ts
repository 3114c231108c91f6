import { InvalidInputError } from '#core';

/** Most probes in one range: a figure shows far fewer. */
const MAX_LISTED = 1000;

const EXPECTED = 'numbers of probes from 1 on, such as 2, 1,3 or 2-5';

/**
 * The numbers of the probes of a list such as `2`, `1,3`, `2-5` or `rare,4`: numbers, ranges and labels separated by commas;
 * each once, ascending. A label stands for every probe that has it; what reads as numbers is numbers. Throws InvalidInputError.
 */
export function probesNamed(list: string, labels: readonly (string | undefined)[]): number[] {
  const labelled = (text: string): number[] => labels.flatMap((label, k) => (label === text ? [k + 1] : []));
  const parts = list.split(',').map((part) => part.trim());
  // A label may itself contain commas.
  const whole = parts.some((part) => numbersOf(part) === undefined) ? labelled(list.trim()) : [];
  if (whole.length > 0) return whole;
  const numbers = parts.flatMap((part) => {
    const own = numbersOf(part) ?? labelled(part);
    if (own.length > 0) return own;
    const known = [...new Set(labels.filter((label) => label !== undefined))];
    throw new InvalidInputError(
      `--probe ${list}: expected ${EXPECTED}${known.length > 0 ? `, or labels: ${known.join(', ')}` : ''}`,
    );
  });
  return [...new Set(numbers)].sort((a, b) => a - b);
}

/** `3` or `2-5`; nothing for a range that is none, undefined for any other text. */
function numbersOf(text: string): number[] | undefined {
  const range = /^([1-9]\d{0,5})(?:\s*-\s*([1-9]\d{0,5}))?$/.exec(text);
  if (!range) return undefined;
  const first = Number(range[1]);
  const last = Number(range.at(2) ?? first);
  if (last < first || last - first >= MAX_LISTED) return [];
  return Array.from({ length: last - first + 1 }, (_, k) => first + k);
}
