import { figureFormats } from '#figure';
import { svgToPdf, svgToPng } from '#figure/node';
import { writeAtomically } from '#store';

/** Writes a figure in every format; `path` has no suffix. Returns the paths. */
export async function writeFigure(path: string, svg: string, title: string): Promise<string[]> {
  const contents = { svg: `${svg}\n`, png: svgToPng(svg), pdf: svgToPdf(svg, title) };
  const paths = figureFormats.map((format) => `${path}.${format}`);
  for (const [k, format] of figureFormats.entries()) await writeAtomically(paths[k], contents[format]);
  return paths;
}
