/** The colours of Okabe and Ito, distinct with common colour blindness, without yellow, which is too pale on white. */
const colours = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#000000', '#E69F00', '#56B4E9'];

/** Number of series up to which each has a colour of its own. */
export const MAX_SERIES = colours.length;

/**
 * Symbols of Plot with different outlines. Their number is coprime to that of the colours, so that pairs repeat late.
 */
const symbols = ['circle', 'square', 'triangle', 'diamond', 'star', 'wye'] as const;

/** Extent of the largest symbol, the diamond, from its centre, in radii of the circle of the same area. */
export const SYMBOL_REACH = 1.66;

const dashes = [null, '6 3', '2 3', '8 3 2 3'];

/** The look of a series. Colour, symbol and dashes do not repeat together in any readable figure. */
export interface SeriesStyle {
  readonly colour: string;
  readonly symbol: (typeof symbols)[number];
  readonly dash: string | null;
}

/** The look of series k; symbols have a count of their own, because a series of lines needs none. */
export const seriesStyle = (k: number, symbol = k): SeriesStyle => ({
  colour: colours[k % colours.length],
  symbol: symbols[symbol % symbols.length],
  dash: dashes[Math.floor(k / colours.length) % dashes.length],
});

/** Grey of reference lines and hints. */
export const GREY = '#767676';
