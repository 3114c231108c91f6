import * as Plot from '@observablehq/plot';
import type { FigureDocument } from './options.js';

interface DrawnElement {
  readonly innerHTML: string;
  querySelector(selector: string): { remove(): void } | null;
}

/**
 * What Plot draws, as the inside of a group at (x, y) of a larger SVG. Plot's style sheet stays out: it is made for an SVG
 * that stands alone in a page and would reach into the others. So do the empty labels of ticks that have none.
 */
export function drawing(document: FigureDocument, x: number, y: number, options: Plot.PlotOptions): string {
  // The type of a document exists in pages only.
  const inDocument: object = { ...options, document };
  const figure: unknown = Plot.plot(inDocument);
  const element = figure as DrawnElement;
  element.querySelector('style')?.remove();
  return `<g transform="translate(${x},${y})" text-anchor="middle">${element.innerHTML.replace(/<text [^>]*(\/>|><\/text>)/g, '')}</g>`;
}
