import { zlibSync } from 'fflate';
import { contentOf, FILL_OPACITY } from './content.js';

/** Points of a PDF in a pixel of an SVG: 72 and 96 to the inch. */
const POINTS = 0.75;

/** An SVG that resvg has parsed: a size in pixels, and the same picture of groups and paths alone. */
interface ParsedSvg {
  readonly width: number;
  readonly height: number;
  toString(): string;
}

/**
 * A parsed SVG as a PDF of one page of its size: vectors only, text as outlines. The same SVG gives the same bytes, in Node and in a page.
 * Throws TypeError for an SVG with anything but shapes and text.
 */
export function pdfOf(drawing: ParsedSvg, title: string): Uint8Array<ArrayBuffer> {
  const [width, height] = [drawing.width * POINTS, drawing.height * POINTS];
  // The y axis of a page points upwards.
  const content = `${POINTS} 0 0 -${POINTS} 0 ${height} cm\n${contentOf(drawing.toString())}`;
  const packed = zlibSync(bytesOf(content));
  return pdfFile([
    ['<< /Type /Catalog /Pages 2 0 R >>'],
    ['<< /Type /Pages /Kids [3 0 R] /Count 1 >>'],
    [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Resources << ${opacitiesOf(content)}>> /Contents 4 0 R >>`,
    ],
    [`<< /Length ${packed.length} /Filter /FlateDecode >>\nstream\n`, packed, '\nendstream'],
    [`<< /Title ${textString(title)} /Creator (Meander) >>`],
  ]);
}

/** The graphics states that the operators name. */
function opacitiesOf(content: string): string {
  const names = new Set(content.match(new RegExp(`(?<=/)${FILL_OPACITY}\\S+`, 'g')));
  const states = [...names].map((name) => `/${name} << /ca ${name.slice(FILL_OPACITY.length)} >>`);
  return states.length > 0 ? `/ExtGState << ${states.join(' ')} >> ` : '';
}

type Part = string | Uint8Array;

/** Letters up to ÿ, a byte each. */
const bytesOf = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** Numbered objects with their cross-reference table; the first is the catalogue, the last the document's information. */
function pdfFile(objects: readonly (readonly Part[])[]): Uint8Array<ArrayBuffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const write = (part: Part): void => {
    const chunk = typeof part === 'string' ? bytesOf(part) : part;
    chunks.push(chunk);
    length += chunk.length;
  };
  // Bytes above 127 in the second line mark the file as binary.
  write('%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n');
  const offsets = objects.map((parts, k) => {
    const offset = length;
    for (const part of [`${k + 1} 0 obj\n`, ...parts, '\nendobj\n']) write(part);
    return offset;
  });
  const start = length;
  const size = objects.length + 1;
  write(`xref\n0 ${size}\n0000000000 65535 f \n`);
  for (const offset of offsets) write(`${String(offset).padStart(10, '0')} 00000 n \n`);
  write(`trailer\n<< /Size ${size} /Root 1 0 R /Info ${objects.length} 0 R >>\nstartxref\n${start}\n%%EOF\n`);
  const file = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    file.set(chunk, at);
    at += chunk.length;
  }
  return file;
}

/** Any text, as UTF-16 with its mark. */
const textString = (text: string): string =>
  `<${`\ufeff${text}`.replace(/[^]/g, (unit) => unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0'))}>`;
