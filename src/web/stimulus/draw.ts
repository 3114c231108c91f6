import type { Picture } from './picture.js';

/** Draws a picture into a square of a canvas, px, in the colour of its probe (`coloursOf`, in either colour scheme). */
export function drawStimulus(
  context: Pick<CanvasRenderingContext2D, 'fillStyle' | 'globalAlpha' | 'fillRect'>,
  picture: Picture,
  { x, y, size }: { readonly x: number; readonly y: number; readonly size: number },
  colour: string,
): void {
  const before = context.globalAlpha;
  context.fillStyle = colour;
  for (const { opacity, rects } of picture) {
    context.globalAlpha = before * opacity;
    for (const rect of rects) {
      // On whole pixels, so that no seams show between rectangles; at least one wide and high.
      const [left, top] = [Math.round(x + size * rect.x), Math.round(y + size * rect.y)];
      const right = Math.max(left + 1, Math.round(x + size * (rect.x + rect.width)));
      const bottom = Math.max(top + 1, Math.round(y + size * (rect.y + rect.height)));
      context.fillRect(left, top, right - left, bottom - top);
    }
  }
  context.globalAlpha = before;
}
