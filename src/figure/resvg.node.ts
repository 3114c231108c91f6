import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import { resvgOptions } from './resvg-options.js';

const require = createRequire(import.meta.url);

const fontFiles = [
  require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
];

export const parseSvg = (svg: string, scale = 1): Resvg => new Resvg(svg, resvgOptions(scale, { fontFiles }));
