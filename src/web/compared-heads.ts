import { quantityOf, shownQuantities } from '#experiment';

/** Heads of the columns of theory and simulation in the tables of the page. */
export const comparedHeads: readonly string[] = shownQuantities('tables').flatMap((name) =>
  ['theory', 'simulation'].map((part) => `${quantityOf(name).symbol} ${part}`),
);
