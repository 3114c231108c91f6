/**
 * What figures need where there is no page: the entry `meander-drift/figures/node` of the package.
 *
 * @module meander-drift/figures/node
 */
export { figureDocument } from './document.node.js';
export { svgToPdf } from './pdf/pdf.node.js';
export { svgToPng } from './png.node.js';
