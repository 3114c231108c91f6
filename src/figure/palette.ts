/** Okabe and Ito's colours, which the common kinds of colour blindness keep apart, without yellow, which is too pale on white. */
const colours = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#000000', '#E69F00', '#56B4E9'];

/** Symbols of Plot that differ in outline. As many as do not divide the number of colours, so that pairs repeat late. */
const symbols = ['circle', 'square', 'triangle', 'diamond', 'star', 'wye'] as const;

const dashes = [null, '6 3', '2 3', '8 3 2 3'];

/** How a series looks: colour, symbol and dashes never all repeat in a figure that can still be read. */
export interface SeriesStyle {
  readonly colour: string;
  readonly symbol: (typeof symbols)[number];
  readonly dash: string | null;
}

export const seriesStyle = (k: number): SeriesStyle => ({
  colour: colours[k % colours.length],
  symbol: symbols[k % symbols.length],
  dash: dashes[Math.floor(k / colours.length) % dashes.length],
});

/** Grey of reference lines and hints. */
export const GREY = '#767676';
