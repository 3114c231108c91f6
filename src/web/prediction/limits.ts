/** Bytes; larger tables than that do not become stimuli in a page. */
export const LARGEST_FILE = 2 ** 25;
