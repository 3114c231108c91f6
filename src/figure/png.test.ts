import { describe, expect, it } from 'vitest';
import { svgOf } from '../../test/support/figures.js';
import { svgToPng } from './png.node.js';

describe('a PNG', () => {
  it('has twice the size of its SVG, and contains its text, although no fonts of the system are used', () => {
    const png = svgToPng(svgOf('single-340'));
    const view = new DataView(png.buffer, png.byteOffset);
    expect(view.getUint32(16)).toBe(680);
    const withoutText = svgToPng(svgOf('single-340').replace(/<text.*?<\/text>/g, ''));
    expect(png.length).toBeGreaterThan(1.3 * withoutText.length);
  });
});
