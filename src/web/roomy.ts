/** On a phone the pictures come first: panels begin folded. */
export const roomy = matchMedia('(min-width: 821px)').matches;
