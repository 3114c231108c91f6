import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Lab } from '../lab/lab.js';
import { presetDefaults, type Parameters } from '../lab/presets.js';

interface Step {
  readonly title: string;
  readonly text: string;
  /** The view to look at, and what to simulate there. */
  readonly view: string;
  readonly parameters: Parameters;
}

/** The claims of the paper, in the order of a lecture. */
const steps: readonly Step[] = [
  {
    title: 'The loss stays where it is',
    text: 'This network has learned its task and goes on learning, one noisy example at a time. Its loss stays flat, at the value that theory predicts. Judged by what it does, nothing happens any more.',
    view: 'loss',
    parameters: presetDefaults.isotropic,
  },
  {
    title: 'Every representation turns',
    text: 'Inside, everything moves. Each stimulus loses its correlation with itself, while the similarity of any two stimuli stays: they all turn together, along the manifold of minimal loss.',
    view: 'similarity',
    parameters: presetDefaults.isotropic,
  },
  {
    title: 'Two motions',
    text: 'Noise across the manifold makes a fluctuation that does not grow; noise along it makes a diffusion that does. Raw displacement mixes the two: the plateau is 2F. Projected onto the manifold, the diffusion is there from the first lag on.',
    view: 'displacement',
    parameters: presetDefaults.isotropic,
  },
  {
    title: 'Each stimulus at its userExperiment rate',
    text: 'With a power-law spectrum the stimuli differ: D and F depend on learning rate, weight decay, noise and spectrum, and the theory gives them without a free parameter. Move a slider and see the lines move at once.',
    view: 'probes',
    parameters: presetDefaults['power-law'],
  },
  {
    title: 'More frequent, slower',
    text: 'Stimulus 1 now comes at three of ten steps. It turns more slowly than every other. Move f and see the curve being filled in; with much label noise the claim fails, as theory says.',
    view: 'frequency',
    parameters: presetDefaults.frequency,
  },
];

/** Five steps that show the paper's claims, for a lecture: a panel over the foot of the page, the view of the step above it. */
export function Tour({ lab }: { readonly lab: Lab }): ComponentChildren {
  const [at, setAt] = useState<number | null>(null);
  const panel = useRef<HTMLElement>(null);
  const checkpoint = useRef<HTMLButtonElement>(null);
  const end = (): void => {
    setAt(null);
    checkpoint.current?.focus();
  };
  useEffect(() => {
    if (at === null) return;
    lab.setParameters(steps[at].parameters);
    lab.start();
    panel.current?.focus({ preventScroll: true });
    document.getElementById(steps[at].view)?.scrollIntoView({ block: 'start' });
  }, [at, lab]);
  return (
    <>
      <button
        type="button"
        ref={checkpoint}
        onClick={() => {
          setAt(0);
        }}
      >
        Guided tour
      </button>
      {at !== null && (
        <section class="tour" ref={panel} tabIndex={-1} aria-labelledby="tour-title">
          <h2 id="tour-title">
            {at + 1} of {steps.length}: {steps[at].title}
          </h2>
          <p>{steps[at].text}</p>
          <p class="buttons">
            <button
              type="button"
              aria-disabled={at === 0}
              onClick={() => {
                if (at > 0) setAt(at - 1);
              }}
            >
              Back
            </button>
            <button
              type="button"
              class="main-button"
              onClick={() => {
                if (at + 1 < steps.length) setAt(at + 1);
                else end();
              }}
            >
              {at + 1 < steps.length ? 'Next' : 'Done'}
            </button>
            <button type="button" class="quiet" onClick={end}>
              End the tour
            </button>
          </p>
        </section>
      )}
    </>
  );
}
