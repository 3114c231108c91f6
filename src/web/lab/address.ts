/** Milliseconds without a change after which the next one is a step of its own in the history of the browser. */
const STEP_MS = 800;

/**
 * The address of the page: it follows the state, so that every change is a step back in the browser; changes that follow each other
 * closely, as while a slider moves, are one step.
 */
export class Address {
  #written = location.hash;
  #changedAt = -Infinity;
  #isOpening = true;

  /** `follow` receives the part after # when the user goes back, or opens a link in this page. */
  constructor(follow: (hash: string) => void) {
    window.addEventListener('hashchange', () => {
      if (location.hash === this.#written) return;
      this.#written = location.hash;
      // What follows from it is no step of its own.
      this.#changedAt = performance.now();
      follow(location.hash);
    });
  }

  /** Writes a state; `isStep` where going back leads to the one before. */
  write(hash: string, isStep: boolean): void {
    const isFirst = this.#isOpening;
    this.#isOpening = false;
    if (hash === this.#written) return;
    const now = performance.now();
    const url = `${location.pathname}${location.search}${hash}`;
    // What the page opens with is no step of the user.
    if (isStep && !isFirst && now - this.#changedAt > STEP_MS) history.pushState(null, '', url);
    else history.replaceState(null, '', url);
    if (isStep && !isFirst) this.#changedAt = now;
    this.#written = hash;
  }
}
