import { parseHTML } from 'linkedom';

interface SvgDocument {
  querySelectorAll(selector: string): { readonly length: number };
}

/** Number of elements of an SVG that a selector matches. */
export const countIn = (svg: string, selector: string): number =>
  (parseHTML(svg) as unknown as { document: SvgDocument }).document.querySelectorAll(selector).length;

/** Contents of the text elements of an SVG. */
export const textsIn = (svg: string): string[] =>
  [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
