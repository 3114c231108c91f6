import { countOf } from '../../arrays/numeric-array.js';

/** Of the text of a variable of MATLAB. */
const MAX_CHARACTERS = 2 ** 24;

/**
 * The rows of an array of characters, which lie column by column, without the blanks that fill them. Throws Error where the shape
 * claims too many.
 */
export function linesOfCharacters(characters: readonly string[], shape: readonly number[]): string[] {
  const [rows] = shape;
  const columns = countOf(shape.slice(1));
  if (rows * columns > MAX_CHARACTERS)
    throw new Error(`it has a text of ${rows * columns} characters, at most ${MAX_CHARACTERS} are read`);
  return Array.from({ length: columns === 0 ? 0 : rows }, (_, row) =>
    Array.from({ length: columns }, (__, column) => characters.at(column * rows + row) ?? '')
      .join('')
      .trimEnd(),
  );
}
