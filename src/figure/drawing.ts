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
  const figure: unknown = Plot.plot({ ...options, document });
  const element = figure as DrawnElement;
  element.querySelector('style')?.remove();
  return `<g transform="translate(${x},${y})" text-anchor="middle">${element.innerHTML.replace(/<text [^>]*\/>/g, '')}</g>`;
}
