// Text as SVG. Without a page text cannot be measured, so widths are upper bounds: those of DejaVu Sans, the widest
// common font.

const narrow = /[ .,:;'|!()[\]/ijlftrI\-·⁻⁰¹²³⁴⁵⁶⁷⁸⁹]/u;
const wide = /[mwMW@%=×+±−<>≤≥~→↑]/u;
const capital = /\p{Lu}/u;

/** Upper bound of the width of a text of a size, px. */
export function textWidth(text: string, size: number): number {
  let ems = 0;
  for (const character of text) {
    if (narrow.test(character)) ems += 0.41;
    else if (wide.test(character)) ems += 0.95;
    else if (capital.test(character)) ems += 0.75;
    else ems += 0.635;
  }
  return ems * size;
}

/** Distance between the baselines of two lines, px. */
export const lineHeight = (size: number): number => Math.ceil(1.3 * size);

/** Wraps a text to a width in px. A longer word gets a line of its own; a no-break space keeps two words together. */
export function wrap(text: string, size: number, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/[ \n]+/)) {
    const longer = lines.length > 0 ? `${lines[lines.length - 1]} ${word}` : '';
    if (longer !== '' && textWidth(longer, size) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** A text that fits a width in px, with an ellipsis where it was cut. */
export function shortened(text: string, size: number, width: number): string {
  if (textWidth(text, size) <= width) return text;
  const characters = Array.from(text);
  while (characters.length > 1 && textWidth(`${characters.join('')}…`, size) > width) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}

/** Text for SVG, in which control characters are not allowed at all. */
export const escapeText = (text: string): string =>
  text
    .replace(/\p{Cc}/gu, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');

interface TextStyle {
  readonly size: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly bold?: boolean;
}

/** Lines of text; the first one is in the `lineHeight` px below y. */
export const textLines = (
  lines: readonly string[],
  x: number,
  y: number,
  { size, anchor = 'start', bold = false }: TextStyle,
): string =>
  lines
    .map((line, k) => {
      const baseline = y + k * lineHeight(size) + size;
      const style = bold ? ' font-weight="bold"' : '';
      return `<text x="${x}" y="${baseline}" text-anchor="${anchor}"${style}>${escapeText(line)}</text>`;
    })
    .join('');
