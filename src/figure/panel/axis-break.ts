import type { Box } from '../drawing/place-labels.js';
import { placing } from './placing.js';
import type { Domains, Panel } from './panel.js';

/** Half the gap in the frame, and half the length of the two strokes at its ends, px. */
const [GAP, REACH] = [3, 5];

/** The breaks of logarithmic axes that show 0: a gap in the frame between two slanted strokes. */
export function axisBreaks(panel: Panel, domains: Domains, frame: Box): string {
  const strokes = (x: number, y: number, along: 'x' | 'y'): string => {
    const [dx, dy] = along === 'x' ? [GAP, 0] : [0, GAP];
    const lean = along === 'x' ? [2, -REACH] : [REACH, -2];
    const stroke = (side: number): string =>
      `M${x + side * dx - lean[0]},${y + side * dy - lean[1]}L${x + side * dx + lean[0]},${y + side * dy + lean[1]}`;
    return (
      `<path d="M${x - dx},${y - dy}L${x + dx},${y + dy}" stroke="white" stroke-width="2.4"/>` +
      `<path d="${stroke(-1)}${stroke(1)}" stroke="black" stroke-width="0.8" fill="none"/>`
    );
  };
  const x = panel.x.zero && frame.x1 + placing('log', domains.x, frame.x2 - frame.x1).place(panel.x.zero.breakAt);
  const y = panel.y.zero && frame.y2 - placing('log', domains.y, frame.y2 - frame.y1).place(panel.y.zero.breakAt);
  const breaks = [
    ...(x === undefined ? [] : [strokes(x, frame.y2, 'x')]),
    ...(y === undefined ? [] : [strokes(frame.x1, y, 'y')]),
  ];
  return breaks.length === 0 ? '' : `<g class="axis-break">${breaks.join('')}</g>`;
}
