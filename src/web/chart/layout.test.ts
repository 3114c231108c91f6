import { describe, expect, it } from 'vitest';
import { textWidth } from '#figure';
import { layoutOf } from './layout.js';
import { marksLegend } from './place-legend.js';
import type { ChartData } from './scales.js';

const marks = marksLegend(true);
const data = (ends: readonly number[], x = 'steps after burn-in'): ChartData => ({
  x: { label: x, scale: 'log', domain: [1, 1e6] },
  y: { label: 'relative diffusion D/|h|² (rad² per step)', scale: 'linear', domain: [0, 1] },
  lines: ends.map((end, k) => ({
    label: `${k}`,
    name: `probe ${k + 1}`,
    series: k,
    points: [
      [1, 0.5],
      [1e6, end],
    ],
  })),
  points: [],
});

describe('the layout of a chart', () => {
  it('names lines at their ends where these are apart, else in the legend, without a change of its height', () => {
    const apart = layoutOf(data([0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9]), marks, 600, 260, 1);
    const together = layoutOf(data([0, 0.001, 0.002, 0.003, 0.004, 0.005, 0.006]), marks, 600, 260, 1);
    expect(apart.labels.map(({ name }) => name)).toEqual([1, 2, 3, 4, 5, 6, 7].map((k) => `probe ${k}`));
    expect(apart.legend.entries).toHaveLength(4);
    expect(together.labels).toEqual([]);
    expect(together.legend.entries).toHaveLength(11);
    expect(together.height).toBe(apart.height);
  });

  it.each([200, 280, 360, 600, 1200])('has room for all its texts at a width of %i px', (width) => {
    for (const zoom of [1, 1.4]) {
      const layout = layoutOf(data([0, 0.3, 0.6, 0.9], 'a long label of the horizontal axis'), marks, width, 260, zoom);
      const { text, frame, legend, legendTop, height, labels, xLabel, yLabel } = layout;
      for (const line of yLabel) expect(textWidth(line, text)).toBeLessThanOrEqual(width);
      const middle = (frame.left + frame.right) / 2;
      for (const line of xLabel) expect(middle + textWidth(line, text) / 2).toBeLessThanOrEqual(width + 1);
      for (const { x, lines } of legend.entries)
        for (const line of lines) expect(x + textWidth(line, text)).toBeLessThanOrEqual(width);
      for (const { name } of labels) expect(frame.right + textWidth(name, text)).toBeLessThanOrEqual(width);
      expect(frame.bottom).toBeLessThan(legendTop);
      expect(legendTop + legend.height).toBeLessThanOrEqual(height + 1);
      expect(frame.right - frame.left).toBeGreaterThan(60);
    }
  });
});
