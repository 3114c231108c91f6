import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Lab } from '../lab/lab.js';
import { steps } from './steps.js';

/**
 * The paper's claims step by step, for a lecture: a panel over the end of the page, with the view of the step above it.
 */
export function Tour({ lab }: { readonly lab: Lab }): ComponentChildren {
  const [current, setCurrent] = useState<number | null>(null);
  const panel = useRef<HTMLElement>(null);
  const startButton = useRef<HTMLButtonElement>(null);
  const end = (): void => {
    setCurrent(null);
  };
  const wasOpen = useRef(false);
  // With the change of the page itself: a later effect would take the focus from whoever has moved on meanwhile.
  useLayoutEffect(() => {
    if (current !== null) panel.current?.focus({ preventScroll: true });
    else if (wasOpen.current) startButton.current?.focus();
    wasOpen.current = current !== null;
  }, [current]);
  useEffect(() => {
    if (current === null) return;
    lab.setParameters(steps[current].parameters);
    lab.start();
    document.getElementById(steps[current].view)?.scrollIntoView({ block: 'start' });
  }, [current, lab]);
  return (
    <>
      <button
        type="button"
        ref={startButton}
        onClick={() => {
          setCurrent(0);
        }}
      >
        Guided tour
      </button>
      {current !== null && (
        <section class="tour" ref={panel} tabIndex={-1} aria-labelledby="tour-title">
          <h2 id="tour-title">
            {current + 1} of {steps.length}: {steps[current].title}
          </h2>
          <p>{steps[current].text}</p>
          <p class="buttons">
            <button
              type="button"
              aria-disabled={current === 0}
              onClick={() => {
                if (current > 0) setCurrent(current - 1);
              }}
            >
              Back
            </button>
            <button
              type="button"
              class="main-button"
              onClick={() => {
                if (current + 1 < steps.length) setCurrent(current + 1);
                else end();
              }}
            >
              {current + 1 < steps.length ? 'Next' : 'Done'}
            </button>
            <button type="button" class="quiet" onClick={end}>
              End tour
            </button>
          </p>
        </section>
      )}
    </>
  );
}
