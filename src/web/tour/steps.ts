import type { NumberKey } from '../lab/fields.js';
import { presetDefaults, type Parameters } from '../lab/presets.js';

/** A prediction that the reader makes before the page shows what happens. */
interface Question {
  readonly text: string;
  readonly answers: readonly string[];
  /** Index of the right one. */
  readonly right: number;
  readonly because: string;
}

export interface Step {
  readonly title: string;
  readonly text: string;
  readonly question: Question;
  /** The id of what the step speaks of. */
  readonly view: string;
  readonly parameters: Parameters;
  /** The numbers that the step invites to change. */
  readonly controls: readonly NumberKey[];
}

/** The claims of the paper in the order of a lecture. */
export const steps: readonly Step[] = [
  {
    title: 'The loss stays flat',
    text: 'This network has learned to reproduce its input, and keeps learning, one noisy example at a time. The upper strip is its loss: it stays at the value that theory predicts. Judged by its output, nothing changes any more.',
    question: {
      text: 'Meanwhile, what does the code of a stimulus do, the activity of the hidden units that it evokes?',
      answers: ['It stays where it is.', 'It trembles around one place.', 'It wanders without end.'],
      right: 2,
      because:
        'The three dots are the codes of three stimuli. Their self-correlation, the lower strip, falls: after a while a code has nothing in common with what it was.',
    },
    view: 'stage',
    parameters: presetDefaults.turning,
    controls: [],
  },
  {
    title: 'All codes turn together',
    text: 'Weights that turn all codes by one rotation leave the output as it is: the minimum of the loss is a whole manifold, and here each code can be anywhere on its sphere.',
    question: {
      text: 'Two codes that are similar now: how similar will they be when both have turned away?',
      answers: ['As similar as now.', 'Less and less.', 'It depends on the two.'],
      right: 0,
      because:
        'The similarity matrices below are those at the start and now: the same, but for fluctuation. What is lost over time is only the similarity of each code with its former self.',
    },
    view: 'similarity',
    parameters: presetDefaults.turning,
    controls: [],
  },
  {
    title: 'Two motions',
    text: 'Noise pushes the network off the manifold, and learning brings it back: a fluctuation F that does not grow. Noise that acts on the displaced network turns it a little: a diffusion D of second order, which grows. Raw displacement mixes the two, and its plateau at short times is 2F; projected onto the manifold it is diffusion from the first lag on.',
    question: {
      text: 'The learning rate is halved. By how much does D fall?',
      answers: ['To a half.', 'To a quarter.', 'To an eighth.'],
      right: 2,
      because:
        'F is of first order in the learning rate, D of third. Halve it here, and read D in the table: the lines of theory follow at once.',
    },
    view: 'displacement',
    parameters: presetDefaults.isotropic,
    controls: ['learningRate'],
  },
  {
    title: 'Each code at its own rate',
    text: 'Inputs that vary more are learned more strongly. With a power-law spectrum the stimuli differ: D and F depend on learning rate, weight decay, noise and spectrum, and theory predicts them without a free parameter.',
    question: {
      text: 'Which stimulus drifts fastest?',
      answers: ['The one whose direction varies most.', 'The one whose direction varies least.', 'All drift alike.'],
      right: 1,
      because:
        'D/|h|² is the rate at which a code turns, whatever its length: it is largest where the input varies least. Flatten the spectrum, α = 0, and all are alike.',
    },
    view: 'probes',
    parameters: presetDefaults['power-law'],
    controls: ['exponent'],
  },
  {
    title: 'More frequent, slower',
    text: 'Stimulus 1 is presented at three steps out of ten, the others only as a part of the background.',
    question: {
      text: 'Does the frequent stimulus drift faster or more slowly?',
      answers: ['Faster: it is learned more often.', 'More slowly.', 'At the rate of the others.'],
      right: 1,
      because:
        'Move f and watch the simulation fill in the curve. Then give the labels noise, σ²: where it is strong the claim fails, as theory predicts.',
    },
    view: 'frequency',
    parameters: presetDefaults.frequency,
    controls: ['f', 'labelNoiseVariance'],
  },
];
