import { z } from 'zod';
import { samplingParameters } from '../../parameters.js';

const { min, max } = samplingParameters.duration;

function steps(least: number) {
  const phrase = `a whole number of steps, at least ${least}, or the word auto`;
  return z.union([z.int(phrase).min(least, phrase).max(max, phrase), z.literal('auto')], phrase);
}

const NAME = 'a text of 1 to 100 letters';
const PHASES = 'a list of phases, each with a name';
const WEIGHT = 'a number from 0 to 1, or the word rest';

/** A phase: its own keys, and any of the model, which the schema of its learning rule checks once they are put in. */
export const phaseSchema = z.looseObject(
  {
    name: z.string(NAME).min(1, NAME).max(100, NAME).describe('What tables and figures call the phase.'),
    steps: steps(min)
      .default('auto')
      .describe(
        'Steps of the phase with its transient; the burn-in comes before the first phase. `auto`: the transient, and what ' +
          '`targetError` needs.',
      ),
    transient: steps(0)
      .default('auto')
      .describe(
        'Steps at its beginning that count neither in D nor in F, while the networks go to the new manifold. `auto`: ten ' +
          'relaxation times, or without a theory as long as learning from random weights; none in the first phase, which has the burn-in.',
      ),
    lag: steps(1).optional().describe('Steps between its samples; those of `simulation` unless given.'),
    weights: z
      .array(z.union([z.number(WEIGHT), z.literal('rest')], WEIGHT), 'a list of the weights of all input components')
      .optional()
      .describe('The weights of the components of `model.input`: how often each is presented.'),
  },
  PHASES,
);

/** Names of the keys of a phase that are none of the model. */
export const phaseKeys: readonly string[] = Object.keys(phaseSchema.shape);

export const phasesSchema = z.array(phaseSchema, PHASES).min(1, PHASES);

export type PhaseSpec = z.infer<typeof phaseSchema>;
