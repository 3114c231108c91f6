import { figureFormats } from '#figure';
import { svgToPdf, svgToPng } from '#figure/node';
import { writeAtomically } from '#store';

type Format = (typeof figureFormats)[number];

/** Writes a figure, in every format unless some are given; `path` has no suffix. Returns the paths. */
export async function writeFigure(
  path: string,
  svg: string,
  title: string,
  formats: readonly Format[] = figureFormats,
): Promise<string[]> {
  const contents: Readonly<Record<Format, () => string | Uint8Array>> = {
    svg: () => `${svg}\n`,
    png: () => svgToPng(svg),
    pdf: () => svgToPdf(svg, title),
  };
  for (const format of formats) await writeAtomically(`${path}.${format}`, contents[format]());
  return formats.map((format) => `${path}.${format}`);
}

/** A path without the end that names a format, and the formats that it asks for: all without such an end. */
export function formatsOf(path: string): { readonly stem: string; readonly formats: readonly Format[] } {
  const format = figureFormats.find((one) => path.endsWith(`.${one}`));
  return format === undefined
    ? { stem: path, formats: figureFormats }
    : { stem: path.slice(0, -format.length - 1), formats: [format] };
}
