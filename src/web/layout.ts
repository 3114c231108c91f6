/** Whether panels start open: on a phone they are folded, so that the views come first. */
export const isWide = matchMedia('(min-width: 821px)').matches;

/** Whether the stage has the page for itself, for a talk. */
export const isPresenting = new URLSearchParams(location.search).has('present');

/** The text of a page with the sizes of charts, px. */
const PAGE_TEXT = 15;

/** How much larger the text of this page is: charts grow with it. */
export const textZoom = (): number =>
  Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / PAGE_TEXT;

/** What a window has above and below the picture of the stage, px of such a page. */
const AROUND_STAGE = 345;
const STAGE_HEIGHT = 540;

/** The height that the picture of the stage may have, px: in a talk what the window has for it. */
export function stageHeight(): number {
  if (!isPresenting) return STAGE_HEIGHT;
  return Math.max(STAGE_HEIGHT, innerHeight - AROUND_STAGE * textZoom());
}
