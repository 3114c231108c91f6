import { presetDefaults, type Parameters } from '../lab/presets.js';

interface Step {
  readonly title: string;
  readonly text: string;
  /** The id of the view to look at, and what is simulated there. */
  readonly view: string;
  readonly parameters: Parameters;
}

/** The claims of the paper in the order of a lecture. */
export const steps: readonly Step[] = [
  {
    title: 'The loss stays flat',
    text: 'This network has learned its task and keeps learning, one noisy example at a time. Its loss stays flat at the value that theory predicts: judged by its output, nothing changes any more.',
    view: 'loss',
    parameters: presetDefaults.isotropic,
  },
  {
    title: 'Every representation rotates',
    text: 'Inside the network, everything moves. Each stimulus loses its correlation with its former self, while the similarity of any two stimuli persists: all representations rotate together along the minimum-loss manifold.',
    view: 'similarity',
    parameters: presetDefaults.isotropic,
  },
  {
    title: 'Two motions',
    text: 'Gradient noise has no component along the manifold. It pushes the network off the manifold, which makes a fluctuation that does not grow. Noise that acts on the displaced network rotates its representations a little: this second-order effect is the diffusion, and it grows. Raw displacement mixes the two: its plateau is 2F. Projected onto the manifold, it shows the diffusion from the first lag on.',
    view: 'displacement',
    parameters: presetDefaults.isotropic,
  },
  {
    title: 'Each probe at its own rate',
    text: 'With a power-law spectrum the stimuli differ: D and F depend on learning rate, weight decay, noise and spectrum, and theory predicts them without free parameters. Move a slider and the lines follow at once.',
    view: 'probes',
    parameters: presetDefaults['power-law'],
  },
  {
    title: 'More frequent, slower',
    text: 'The stimulus of probe 1 is now presented at three steps out of ten, and drifts more slowly than any other. Move f and watch the simulation fill in the curve. With strong label noise the claim fails, as theory predicts.',
    view: 'frequency',
    parameters: presetDefaults.frequency,
  },
];
