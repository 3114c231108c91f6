/** Pixels of a figure in a millimetre of paper: 96 to the inch. */
export const PIXELS_PER_MM = 96 / 25.4;
