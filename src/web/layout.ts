/** Whether panels start open: on a phone they are folded, so that the views come first. */
export const isWide = matchMedia('(min-width: 821px)').matches;

/** Whether the stage has the page for itself, for a talk. */
export const isPresenting = new URLSearchParams(location.search).has('present');
