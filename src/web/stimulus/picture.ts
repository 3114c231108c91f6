// Stimuli as pictures, in a unit square whose y points down.

/** A rectangle within the unit square. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Rectangles of one opacity, drawn over the layers before, in the colour of the probe. */
export interface Layer {
  readonly opacity: number;
  readonly rects: readonly Rect[];
}

export type Picture = readonly Layer[];

/** How stimuli of some input become images: pixels = mean + sum over k of x_k axes_k, each from 0 (paper) to 1 (ink). */
export interface Raster {
  readonly rows: number;
  readonly cols: number;
  /** rows x cols pixels. */
  readonly mean: Float64Array;
  /** The same for each input. */
  readonly axes: readonly Float64Array[];
}

/** More bars than that cannot be told apart; more pictures would slow the page down. */
const MAX_BARS = 24;
const MAX_PICTURES = 40;
/** Shades of an image between paper and ink. */
const SHADES = 5;
/** Opacity of a picture where it has no ink. */
const PAPER = 0.08;
/** Height of the line from which bars rise. */
const BASELINE = 0.06;
/** Of the width of a bar with its gap. */
const BAR = 0.78;

/**
 * The pictures of the probes: images where a raster fits their size, else signed bars of one scale, with a common baseline, of at
 * most 24 inputs. null for larger ones, and for more than 40 probes.
 */
export function picturesOf(stimuli: readonly Float64Array[], raster: Raster | null = null): readonly Picture[] | null {
  const size = stimuli.at(0)?.length ?? 0;
  if (stimuli.length > MAX_PICTURES) return null;
  if (raster?.axes.length === size) return stimuli.map((stimulus) => imageOf(stimulus, raster));
  if (size === 0 || size > MAX_BARS) return null;
  const highest = stimuli.reduce((high, stimulus) => Math.max(high, ...stimulus), 0);
  const lowest = stimuli.reduce((low, stimulus) => Math.min(low, ...stimulus), 0);
  return stimuli.map((stimulus) => barsOf(stimulus, highest, lowest));
}

function barsOf(stimulus: Float64Array, highest: number, lowest: number): Picture {
  const scale = (1 - BASELINE) / (highest - lowest || 1);
  const top = highest * scale;
  const step = 1 / stimulus.length;
  const bars = Array.from(stimulus, (value, k): Rect => ({
    x: (k + (1 - BAR) / 2) * step,
    y: value >= 0 ? top - value * scale : top + BASELINE,
    width: BAR * step,
    height: Math.abs(value) * scale,
  }));
  const baseline = { x: 0, y: top, width: 1, height: BASELINE };
  return [
    { opacity: PAPER, rects: [{ x: 0, y: 0, width: 1, height: 1 }] },
    { opacity: 1, rects: [baseline, ...bars.filter(({ height }) => height > 0)] },
  ];
}

/** A faint square where there is no ink, and pixels of one shade that follow each other in a row as one rectangle. */
function imageOf(stimulus: Float64Array, { rows, cols, mean, axes }: Raster): Picture {
  const byShade = Array.from({ length: SHADES + 1 }, (): Rect[] => []);
  const shadeOf = (pixel: number): number => {
    const ink = axes.reduce((sum, axis, k) => sum + stimulus[k] * axis[pixel], mean[pixel]);
    return Math.round(SHADES * Math.min(1, Math.max(0, ink)));
  };
  for (let row = 0; row < rows; row++) {
    for (let from = 0, to = 0; from < cols; from = to) {
      const shade = shadeOf(row * cols + from);
      for (to = from + 1; to < cols && shadeOf(row * cols + to) === shade;) to++;
      byShade[shade].push({ x: from / cols, y: row / rows, width: (to - from) / cols, height: 1 / rows });
    }
  }
  return byShade.flatMap((rects, shade) =>
    rects.length > 0 ? [{ opacity: Math.max(PAPER, shade / SHADES), rects }] : [],
  );
}
