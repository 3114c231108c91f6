import { figureFormats } from '../figure.js';
import { style } from './style.js';

/** Widths at which every figure of a page is drawn, px: for a page and print, and for a phone. */
export const pageWidths = { wide: 720, narrow: 340 };

/** SVG of a figure at both widths. */
export interface Drawing {
  readonly wide: string;
  readonly narrow: string;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for HTML, also within an attribute. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (character) => entities[character]);

/** A whole page that needs no network and no scripts. `title` is text, `body` HTML. */
export const pageHtml = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;

/** A figure with its caption, and links to its files in the directory `figures` beside the page. */
export function figureHtml(
  { name, title, caption }: { readonly name: string; readonly title: string; readonly caption: string },
  { wide, narrow }: Drawing,
): string {
  const files = figureFormats.map(
    (format) => `<a href="figures/${escapeHtml(name)}.${format}">${format.toUpperCase()}</a>`,
  );
  return `<figure><div class="wide" aria-hidden="true">${wide}</div><div class="narrow" aria-hidden="true">${narrow}</div>
<figcaption><strong>${escapeHtml(title)}.</strong> ${escapeHtml(caption)}
<span class="files">Files: ${files.join(', ')}.</span></figcaption></figure>`;
}

/** A column of a table. */
interface TableColumn {
  readonly name: string;
  readonly isNumber: boolean;
}

/** A table of rows of cells. On narrow screens a row is a block of lines, each with the name of its column. */
export const tableHtml = (columns: readonly TableColumn[], rows: readonly string[]): string =>
  `<div class="table"><table role="table"><thead role="rowgroup"><tr role="row">${columns
    .map(({ name, isNumber }) => `<th role="columnheader" scope="col"${isNumber ? ' class="number"' : ''}>${name}</th>`)
    .join('')}</tr></thead>
<tbody role="rowgroup">${rows.join('\n')}</tbody></table></div>`;

/** A cell; `content` is HTML, `type` one of `number` and `text`, which may wrap. */
export const cellHtml = (column: string, content: string, type: 'number' | 'text' | '' = ''): string =>
  `<td role="cell" data-label="${column}"${type === '' ? '' : ` class="${type}"`}>${content}</td>`;

/** The first cell of a row, which names it. */
export const rowHeadHtml = (content: string): string => `<th role="rowheader" scope="row">${content}</th>`;
