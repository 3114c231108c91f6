/** Okabe and Ito's colours, which the common kinds of colour blindness keep apart, without yellow, which is too pale on white. */
const colours = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#000000', '#E69F00', '#56B4E9'];

/** Symbols of Plot that differ in outline. As many as do not divide the number of colours, so that pairs repeat late. */
const symbols = ['circle', 'square', 'triangle', 'diamond', 'star', 'wye'] as const;

/** How far the largest of them, the diamond, reaches from its middle, in radii of the circle of the same area. */
export const SYMBOL_REACH = 1.66;

const dashes = [null, '6 3', '2 3', '8 3 2 3'];

/** How a series looks: colour, symbol and dashes never all repeat in a figure that can still be read. */
export interface SeriesStyle {
  readonly colour: string;
  readonly symbol: (typeof symbols)[number];
  readonly dash: string | null;
}

/** The look of series k; symbols are counted apart where some series are lines only. */
export const seriesStyle = (k: number, symbol = k): SeriesStyle => ({
  colour: colours[k % colours.length],
  symbol: symbols[symbol % symbols.length],
  dash: dashes[Math.floor(k / colours.length) % dashes.length],
});

/** Grey of reference lines and hints. */
export const GREY = '#767676';
