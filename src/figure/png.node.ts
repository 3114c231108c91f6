import { PNG_SCALE } from './resvg-options.js';
import { parseSvg } from './resvg.node.js';

/** An SVG as PNG, `scale` times its size in pixels, with the fonts of the package. */
export const svgToPng = (svg: string, scale = PNG_SCALE): Uint8Array => parseSvg(svg, scale).render().asPng();
