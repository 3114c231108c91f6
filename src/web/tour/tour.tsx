import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { NumberField } from '../controls/number-field.js';
import type { Lab } from '../lab/lab.js';
import type { LabState } from '../lab/state.js';
import { steps, type Step } from './steps.js';

interface TourProps {
  readonly lab: Lab;
  readonly state: LabState;
  /** Brings a view into sight, by its id. */
  readonly show: (view: string) => void;
}

const START_ID = 'start-tour';

/** The button that begins the tour. */
export function TourButton({ lab }: Pick<TourProps, 'lab'>): ComponentChildren {
  return (
    <button
      type="button"
      id={START_ID}
      onClick={() => {
        lab.showTour(0);
      }}
    >
      Guided tour
    </button>
  );
}

/** The paper's claims step by step beside the stage: a text, a question, and the number that it is about. */
export function Tour({ lab, state, show }: TourProps): ComponentChildren {
  const current = Math.min(state.view.tourStep ?? 0, steps.length - 1);
  const step = steps[current];
  const panel = useRef<HTMLElement>(null);
  const go = (to: number): void => {
    if (to >= 0 && to < steps.length) lab.showTour(to);
    else if (to === steps.length) lab.showTour(null);
  };
  useLayoutEffect(() => {
    panel.current?.focus({ preventScroll: true });
    // At its end the focus goes back to where it came from.
    return () => {
      document.getElementById(START_ID)?.focus();
    };
  }, []);
  useEffect(() => {
    const end = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) lab.showTour(null);
    };
    document.addEventListener('keydown', end);
    return () => {
      document.removeEventListener('keydown', end);
    };
  }, [lab]);
  useEffect(() => {
    // Once: who pauses in a step goes on paused.
    if (!matchMedia('(prefers-reduced-motion: reduce)').matches) lab.start();
  }, [lab]);
  useEffect(() => {
    lab.setParameters(step.parameters);
    if (step.view !== 'stage') lab.look({ tab: 'measured' });
  }, [step, lab]);
  return (
    <section
      class="tour"
      ref={panel}
      tabIndex={-1}
      aria-labelledby="tour-title"
      onKeyDown={(event) => {
        const { target } = event;
        if (target instanceof HTMLInputElement) return;
        else if (event.key === 'ArrowRight') go(Math.min(current + 1, steps.length - 1));
        else if (event.key === 'ArrowLeft') go(current - 1);
        else return;
        event.preventDefault();
      }}
    >
      <h2 id="tour-title">
        {current + 1} of {steps.length}: {step.title}
      </h2>
      <p>{step.text}</p>
      <QuestionBox key={current} step={step} show={show} />
      {step.controls.map((name) => (
        <NumberField
          key={name}
          name={name}
          value={state.parameters[name]}
          change={(value) => {
            lab.change({ [name]: value });
          }}
        />
      ))}
      <p class="buttons">
        <button
          type="button"
          aria-disabled={current === 0}
          onClick={() => {
            go(current - 1);
          }}
        >
          Back
        </button>
        <button
          type="button"
          class="main-button"
          onClick={() => {
            go(current + 1);
          }}
        >
          {current + 1 < steps.length ? 'Next' : 'Done'}
        </button>
        <button
          type="button"
          class="quiet"
          onClick={() => {
            lab.showTour(null);
          }}
        >
          End tour
        </button>
      </p>
    </section>
  );
}

/** The question of a step: what happens is told after a guess, and the view that shows it is brought into sight. */
function QuestionBox({
  step: { question, view },
  show,
}: Pick<TourProps, 'show'> & { readonly step: Step }): ComponentChildren {
  const [guess, setGuess] = useState<number | null>(null);
  return (
    <fieldset class="question">
      <legend>{question.text}</legend>
      {question.answers.map((answer, k) => (
        <label key={answer} class={guess === null ? '' : k === question.right ? 'right' : 'not-right'}>
          <input
            type="radio"
            name="tour-answer"
            checked={guess === k}
            onChange={() => {
              setGuess(k);
            }}
          />{' '}
          {answer}
        </label>
      ))}
      <p role="status">
        {guess !== null && (
          <>
            {guess === question.right ? 'Yes. ' : 'No. '}
            {question.because}{' '}
            {view !== 'stage' && (
              <a
                href={`#${view}`}
                onClick={(event) => {
                  // The part after # belongs to the state of the page.
                  event.preventDefault();
                  show(view);
                }}
              >
                Show it
              </a>
            )}
          </>
        )}
      </p>
    </fieldset>
  );
}
