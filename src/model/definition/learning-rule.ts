import { InvalidInputError } from '#core';
import { fromData, identity, plainAlgebra, programInput, recordProgram, zeros, type Matrix } from '#linalg';
import { generator, NormalSource, type ReplicaStreams } from '#random';
import { InputSampler } from '../input/sampler.js';
import type { LearningRule, RotationGroup, RuleModel, State } from '../rule.js';
import { lossSamples } from './loss-samples.js';
import { PhaseProjection } from './phase-projection.js';
import { recorded } from './recorded.js';
import type { RuleDefinition, StateArray } from './rule-definition.js';
import { sampleStep } from './sample-step.js';
import { meanSamples, noiseSamples } from './samples.js';
import {
  activeSynapticNoise,
  assertNoiseActs,
  drawsSamples,
  isNoisy,
  isSymmetricNoise,
  synapticVariance,
} from './synaptic-noise.js';
import { measuredLayer, unitsOf, withAllUnits, withoutSilentUnits } from './units.js';

/** All that simulation and measurement ask of a rule, from its definition. */
export function learningRuleOf<M extends RuleModel>(rule: RuleDefinition<M>): LearningRule<M> {
  return {
    name: rule.name,
    arrays: (model) => rule.arrays(model),
    assertValid: (model) => {
      assertNoiseActs(model);
      assertSamplesDrawn(rule, model);
      assertMeasuredLayer(rule, model);
      assertNoisyLayers(rule, model);
    },
    hiddenUnits: (model) => unitsOf(rule, model, rule.arrays(model))[measuredLayer(model)],
    units: (model, state) => unitsOf(rule, model, state)[measuredLayer(model)],
    start: (model, from, { seed, replica }) => {
      if ('onManifold' in from) return withAllUnits(rule, model, from.onManifold);
      const normal = new NormalSource(generator(seed, replica, 'start'), generator(seed, replica, 'startRetry'));
      return rule.arrays(model).map((array) => randomArray(array, from.random, normal));
    },
    reduction: null,
    step: (model) => readableStep(rule, model),
    // The update is some ten products of arrays; this orders rules by size, no more.
    stepOperations: (model, state) =>
      samplesOfStep(rule, model) * (8 * numbersIn(state) + model.input.size * model.input.size),
    representation: (stimuli, model) => {
      const programOf = recorded([stimuli.cols], (algebra, state, [input]) => [
        rule.representations(algebra, model, state, input)[measuredLayer(model)],
      ]);
      const inputs = Array.from({ length: stimuli.rows }, (_, k) =>
        stimuli.data.subarray(k * stimuli.cols, (k + 1) * stimuli.cols),
      );
      return (hidden, state) => {
        const { program, others, run, runOthers } = programOf(state);
        let at = 0;
        inputs.forEach((input, k) => {
          others[0].data = input;
          if (k === 0) run(state);
          else runOthers();
          const { data } = program.outputs[0];
          hidden.set(data, at);
          at += data.length;
        });
      };
    },
    losses: (model) => {
      const samples = lossSamples(rule, model);
      const sizes = [model.input.size, rule.labelNoise?.(model).size ?? 0];
      const programOf = recorded(sizes, (algebra, state, [input, noise]) => {
        const { task, penalty } = rule.loss(algebra, model, state, { input, noise });
        return penalty ? [task, penalty] : [task];
      });
      return (state) => {
        const { program, others, run, runOthers } = programOf(state);
        const [taskOf, penaltyOf] = program.outputs;
        let task = 0;
        let penalty = 0;
        samples.forEach(({ weight, input, noise }, k) => {
          others[0].data = input.data;
          others[1].data = noise.data;
          if (k === 0) run(state);
          else runOthers();
          task += weight * taskOf.data[0];
          penalty += weight * (program.outputs.length > 1 ? penaltyOf.data[0] : 0);
        });
        return { task, regularized: task + penalty };
      };
    },
    symmetry: (model) => {
      const groups = rule.symmetry(model).map((_, layer) => groupOf(rule, model, layer));
      // The first one is that of the layer that is measured.
      const own = groups.splice(measuredLayer(model), 1);
      return [...own, ...groups];
    },
  };
}

const numbersIn = (state: State): number => state.reduce((sum, { data }) => sum + data.length, 0);

const samplesOfStep = <M extends RuleModel>(rule: RuleDefinition<M>, model: M): number =>
  drawsSamples(model) ? (rule.batchSize?.(model) ?? 1) : meanSamples(rule, model, noiseSamples(rule, model)).length;

/** A rule that draws numbers of its own for a sample has no mean step to make. */
function assertSamplesDrawn<M extends RuleModel>(rule: RuleDefinition<M>, model: M): void {
  if (drawsSamples(model) || !rule.normals || rule.normals(model).length === 0) return;
  throw new InvalidInputError(
    'found synaptic, but the mean step of this model is not known, expected both or learning',
    ['model', 'noiseSource'],
  );
}

function assertMeasuredLayer<M extends RuleModel>(rule: RuleDefinition<M>, model: M): void {
  const layers = unitsOf(rule, model, rule.arrays(model)).length;
  if (measuredLayer(model) < layers) return;
  throw new InvalidInputError(`found ${model.layer ?? 1}, expected a hidden layer from 1 to ${layers}`, [
    'simulation',
    'layer',
  ]);
}

function assertNoisyLayers<M extends RuleModel>(rule: RuleDefinition<M>, model: M): void {
  const layers = model.synapticNoise?.layers ?? 'all';
  if (layers === 'all') return;
  const known = rule
    .arrays(model)
    .filter(({ isVelocity = false }) => !isVelocity)
    .map(({ name }) => name);
  const unknown = layers.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new InvalidInputError(
    `found the layer ${JSON.stringify(unknown)}, expected all, or a list of names among ${known.join(', ')}`,
    ['model', 'synapticNoise', 'layers'],
  );
}

function groupOf<M extends RuleModel>(rule: RuleDefinition<M>, model: M, layer: number): RotationGroup {
  return {
    act: (rotation, state) => rule.symmetry(model)[layer].act(plainAlgebra, rotation, state),
    projection: (referencePoint, _, duals = null) => new PhaseProjection(rule, model, referencePoint, layer, duals),
    withoutSilentUnits: (state) => withoutSilentUnits(rule, model, state),
  };
}

/** Independent normal numbers; a symmetric array starts as the identity, from which an inverse of it exists. */
function randomArray(
  { rows, cols, symmetric = false, isVelocity = false }: StateArray,
  deviation: number,
  normal: NormalSource,
): Matrix {
  if (symmetric) return identity(rows);
  if (isVelocity) return zeros(rows, cols);
  return fromData(
    rows,
    cols,
    Float64Array.from({ length: rows * cols }, () => deviation * normal.next()),
  );
}

/**
 * The readable step: draw B samples z, then S <- S + eta / B sum g(S, z), or S <- S + eta E g(S, z) where no samples are drawn, and the
 * synaptic noise of every weight, in the order of the arrays; a symmetric one draws the entries on and above its diagonal.
 */
function readableStep<M extends RuleModel>(
  rule: RuleDefinition<M>,
  model: M,
): (state: State, streams: ReplicaStreams) => void {
  const arrays = rule.arrays(model);
  const inputs = arrays.map(({ rows, cols }) => programInput(rows, cols));
  const input = programInput(model.input.size, 1);
  const noise = programInput(rule.labelNoise?.(model).size ?? 0, 1);
  const normals = (rule.normals?.(model) ?? []).map(({ rows, cols }) => programInput(rows, cols));
  const sampling = drawsSamples(model) ? drawnSamples(rule, model) : allSamples(rule, model);
  const isOneSample = drawsSamples(model) && sampling.count === 1;
  const { outputs, run } = recordProgram((algebra) => {
    const updates = rule.update(algebra, model, inputs, { input, noise, normals });
    return isOneSample ? sampleStep(algebra, arrays, inputs, updates, sampling.rate) : updates;
  });
  const sums = outputs.map(({ rows, cols }) => new Float64Array(rows * cols));
  const jitter = synapticStep(arrays, model);
  const draw = (s: number, streams: ReplicaStreams): number => {
    const weight = sampling.next(s, input.data, noise.data, streams);
    for (const { data } of normals) for (let i = 0; i < data.length; i++) data[i] = streams.normal.next();
    return weight;
  };
  const addSamples = (state: State, streams: ReplicaStreams): void => {
    for (let s = 0; s < sampling.count; s++) {
      const weight = draw(s, streams);
      run();
      for (let k = 0; k < sums.length; k++) {
        const sum = sums[k];
        const update = outputs[k].data;
        if (s === 0) for (let i = 0; i < sum.length; i++) sum[i] = weight * update[i];
        else for (let i = 0; i < sum.length; i++) sum[i] += weight * update[i];
      }
    }
    for (let k = 0; k < sums.length; k++) {
      const { data } = state[k];
      const sum = sums[k];
      for (let i = 0; i < sum.length; i++) data[i] += sampling.rate * sum[i];
    }
  };
  return (state, streams) => {
    for (let k = 0; k < inputs.length; k++) inputs[k].data = state[k].data;
    if (isOneSample) {
      draw(0, streams);
      run();
      for (let k = 0; k < outputs.length; k++) state[k].data.set(outputs[k].data);
    } else addSamples(state, streams);
    jitter(state, streams);
  };
}

/** The samples of one step. */
interface StepSamples {
  readonly count: number;
  /** What the weighted sum of updates is multiplied by. */
  readonly rate: number;
  /** Writes sample number s of a step; returns its weight. */
  readonly next: (s: number, input: Float64Array, noise: Float64Array, streams: ReplicaStreams) => number;
}

function drawnSamples<M extends RuleModel>(rule: RuleDefinition<M>, model: M): StepSamples {
  const sampler = new InputSampler(model.input);
  const deviation = Math.sqrt(rule.labelNoise?.(model).variance ?? 0);
  const count = rule.batchSize?.(model) ?? 1;
  return {
    count,
    rate: model.learningRate / count,
    next: (_, input, noise, { normal, select, shuffle }) => {
      sampler.draw(normal, select, input, 0, shuffle);
      for (let i = 0; i < noise.length; i++) noise[i] = deviation * normal.next();
      return 1;
    },
  };
}

function allSamples<M extends RuleModel>(rule: RuleDefinition<M>, model: M): StepSamples {
  const samples = meanSamples(rule, model, noiseSamples(rule, model));
  return {
    count: samples.length,
    rate: model.learningRate,
    next: (s, input, noise) => {
      input.set(samples[s].input.data);
      noise.set(samples[s].noise.data);
      return samples[s].weight;
    },
  };
}

function synapticStep(
  arrays: readonly StateArray[],
  model: RuleModel,
): (state: State, streams: ReplicaStreams) => void {
  const synapticNoise = activeSynapticNoise(model);
  const deviation = synapticNoise ? Math.sqrt(synapticVariance(synapticNoise, model.learningRate)) : 0;
  if (!(synapticNoise && deviation > 0)) return () => undefined;
  return (state, { normal }) => {
    arrays.forEach((array, k) => {
      if (!isNoisy(synapticNoise, array)) return;
      const { rows, cols } = array;
      const { data } = state[k];
      const isSymmetric = isSymmetricNoise(synapticNoise, array);
      for (let i = 0; i < rows; i++) {
        for (let j = isSymmetric ? i : 0; j < cols; j++) {
          const step = deviation * normal.next();
          data[i * cols + j] += step;
          if (isSymmetric && j > i) data[j * cols + i] += step;
        }
      }
    });
  };
}
