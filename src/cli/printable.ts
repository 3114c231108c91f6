/** Control characters but tab and line break, characters that turn the direction of writing, separators of lines. */
const UNPRINTABLE = /(?![\t\n])[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]|\p{Cs}/gu;

/**
 * Text as it may reach a terminal: names and keys in files of others may hold sequences that move the cursor, clear lines or
 * set the title. They are shown as JSON writes them, so that JSON says the same as before.
 */
export const printable = (text: string): string =>
  text.replace(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Letters of a message that are shown. */
const MOST = 1000;
/** Of these, at the end, where a message says what is expected. */
const END = 200;

/** A message of one line, shortened in the middle where it is long. */
export function message(text: string): string {
  const line = printable(text.trimEnd()).replaceAll('\n', '\\n');
  if (line.length <= MOST) return line;
  const left = line.length - MOST;
  return `${line.slice(0, MOST - END)} … (${left} characters left out) … ${line.slice(-END)}`;
}
