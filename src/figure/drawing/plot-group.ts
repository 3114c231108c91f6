import * as Plot from '@observablehq/plot';
import type { FigureDocument } from './options.js';

interface PlotElement {
  readonly innerHTML: string;
  querySelector(selector: string): { remove(): void } | null;
}

/**
 * A plot of Observable Plot as a group at (x, y) of a larger SVG. Leaves out Plot's style sheet, which is meant for a
 * single SVG in a page and would affect others, and the empty texts of ticks without labels.
 */
export function plotGroup(document: FigureDocument, x: number, y: number, options: Plot.PlotOptions): string {
  // The type of a document is declared only together with the DOM.
  const optionsWithDocument: object = { ...options, document };
  const plot: unknown = Plot.plot(optionsWithDocument);
  const element = plot as PlotElement;
  element.querySelector('style')?.remove();
  return `<g transform="translate(${x},${y})" text-anchor="middle">${element.innerHTML.replace(/<text [^>]*(\/>|><\/text>)/g, '')}</g>`;
}
