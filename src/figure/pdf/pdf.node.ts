import { parseSvg } from '../resvg.node.js';
import { pdfOf } from './pdf.js';

/**
 * An SVG as a PDF of one page of its size, for papers and slides: vectors only, text as outlines, so that it looks the same
 * without its fonts. The same SVG gives the same bytes. Throws TypeError for an SVG with anything but shapes and text.
 *
 * @param title What readers show as the title of the document.
 */
export const svgToPdf = (svg: string, title: string): Uint8Array => pdfOf(parseSvg(svg), title);
