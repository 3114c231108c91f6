/** On a phone the pictures come first: panels begin folded. */
export const isWide = matchMedia('(min-width: 821px)').matches;
