import { InvalidInputError, type KeyPath } from '#core';
import { KeyError } from '../source/source.js';
import { phaseKeys, type PhaseSpec } from './phase-schema.js';

type Raw = Readonly<Record<string, unknown>>;

/** The experiment file of one phase: that of the experiment without phases, with what the phase sets in its model. */
interface PhaseFile {
  readonly value: Raw;
  /** An error about this file as one about that of the experiment. */
  readonly remapToPhases: (error: InvalidInputError) => InvalidInputError;
}

/**
 * Throws InvalidInputError for weights that are not as many as the components, another rule, a name that an earlier phase has, and
 * a transient of the first phase.
 */
export function phaseFile(raw: object, phases: readonly PhaseSpec[], index: number): PhaseFile {
  const phase = phases[index];
  const at: KeyPath = ['phases', index];
  if (phases.findIndex(({ name }) => name === phase.name) < index) {
    throw new InvalidInputError(`found ${phase.name} again, expected another name for each phase`, [...at, 'name']);
  }
  if (index === 0 && phase.transient !== 'auto') {
    throw new InvalidInputError(
      'has no meaning in the first phase, expected simulation.burnIn, which comes before it',
      [...at, 'transient'],
    );
  }
  const changes = Object.fromEntries(Object.entries(phase).filter(([key]) => !phaseKeys.includes(key)));
  if ('rule' in changes) throw new KeyError('is the same in all phases, expected in model alone', [...at, 'rule']);
  const { model: common, ...rest } = raw as Raw & { readonly model: Raw };
  const model: Raw = { ...common, ...changes };
  const others = Object.fromEntries(Object.entries(rest).filter(([key]) => key !== 'phases'));
  return {
    value: { ...others, model: phase.weights ? weighted(model, phase.weights, at) : model },
    remapToPhases(error) {
      const { path, message } = error;
      const [section, key] = path;
      const related = (inside: KeyPath): InvalidInputError =>
        error instanceof KeyError ? new KeyError(message, inside) : new InvalidInputError(message, inside);
      if (section === 'phase') return related(at);
      if (section === 'model' && typeof key === 'string') {
        if (Object.hasOwn(changes, key)) return related([...at, ...path.slice(1)]);
        const isWeight = key === 'input' && (path.length === 2 || path.at(3) === 'weight');
        if (isWeight && phase.weights) return related([...at, 'weights', ...path.slice(2, 3)]);
      }
      return new InvalidInputError(`${message} (in the phase ${phase.name})`, path);
    },
  };
}

/**
 * The file itself; where a phase adds synaptic noise to two-layer networks, which are simulated in another way then, with such noise of
 * variance 0 in its model, so that all phases have the same networks.
 */
export function withNoiseOfPhases(raw: object, phases: readonly PhaseSpec[]): object {
  const { model } = raw as { readonly model: Raw };
  const isTwoLayer = (model.rule ?? 'sgd') === 'sgd';
  if (!isTwoLayer || 'synapticNoise' in model || !phases.some((phase) => 'synapticNoise' in phase)) return raw;
  return { ...raw, model: { ...model, synapticNoise: { variance: 0 } } };
}

function weighted(model: Raw, weights: readonly unknown[], at: KeyPath): Raw {
  const { input } = model;
  if (!Array.isArray(input)) return model;
  if (input.length === weights.length) {
    return { ...model, input: input.map((component: Raw, i) => ({ ...component, weight: weights[i] })) };
  }
  throw new InvalidInputError(
    `found a list of ${weights.length}, expected ${input.length} weights: one for each component of the input`,
    [...at, 'weights'],
  );
}
