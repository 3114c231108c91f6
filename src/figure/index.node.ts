export { svgToPdf } from './pdf/pdf.node.js';
export { svgToPng } from './png.node.js';
