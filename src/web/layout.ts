/** Whether panels start open: on a phone they are folded, so that the views come first. */
export const isWide = matchMedia('(min-width: 821px)').matches;
