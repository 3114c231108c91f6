import {
  programInput,
  recordProgram,
  zeros,
  type Matrix,
  type ProgramArray,
  type RecordedAlgebra,
  type Shape,
} from '#linalg';
import {
  activeSynapticNoise,
  drawsSamples,
  isNoisy,
  isSymmetricNoise,
  meanSamples,
  noiseSamples,
  sampleStep,
  synapticVariance,
  type RuleDefinition,
  type RuleModel,
} from '#model';
import type { Placement, Region, Section, Structure } from './section.js';
import { structuresOf } from './structure.js';

/**
 * One step of a replica as programs: for every sample of the batch `sample`, then `update`. With one sample in a batch
 * they are one, and `update` is null.
 */
export interface StepProgram {
  readonly sample: Section;
  readonly update: Section | null;
  readonly batch: number;
  /** Numbers in a state, and vectors of the sums over a batch. */
  readonly stateSize: number;
  readonly sumsSize: number;
  /** Factors of the normals of one sample, and of those that follow the batch. */
  readonly sampleDeviations: readonly number[];
  readonly updateDeviations: readonly number[];
  /** Whether the input is drawn before the step: it is a mixture, or one of several stimuli. */
  readonly isPresented: boolean;
}

const sizeOf = ({ rows, cols }: Shape): number => rows * cols;

/** Arrays one after the other in a region. */
function placed(arrays: readonly ProgramArray[], region: Region, structures: readonly Structure[] = []): Placement[] {
  let first = 0;
  return arrays.map((array, k) => {
    const placement = { array, region, first, structure: structures[k] ?? 'general' };
    first += sizeOf(array);
    return placement;
  });
}

/**
 * The readable step of a definition (src/model/definition/learning-rule.ts), operation by operation. The states that it begins
 * from have these structures, which are kept as far as the step keeps them.
 */
export function stepProgram<M extends RuleModel>(
  rule: RuleDefinition<M>,
  model: M,
  structures: readonly (readonly Structure[])[],
): { readonly program: StepProgram; readonly structures: readonly Structure[] } {
  const left = structures.map((all) => [...all]);
  for (;;) {
    const assumed = left.map((all) => all[0] ?? 'general');
    const program = programWith(rule, model, assumed);
    const { outputs } = program.update ?? program.sample;
    const of = structuresOf(program.update ?? program.sample);
    const lost = assumed.findIndex((structure, k) => structure !== 'general' && of(outputs[k].array) !== structure);
    if (lost < 0) return { program, structures: assumed };
    left[lost].shift();
  }
}

function programWith<M extends RuleModel>(
  rule: RuleDefinition<M>,
  model: M,
  structures: readonly Structure[],
): StepProgram {
  const { gaussians, stimuli, size: n } = model.input;
  const arrays = rule.arrays(model);
  const draws = drawsSamples(model);
  const { size: labels, variance } = rule.labelNoise?.(model) ?? { size: 0, variance: 0 };
  const m = draws ? labels : 0;
  const batch = draws ? (rule.batchSize?.(model) ?? 1) : 1;
  const isPresented = draws && gaussians.length + stimuli.rows > 1;
  const state = arrays.map(({ rows, cols }) => programInput(rows, cols));
  const drawn = programInput(draws && gaussians.length > 0 ? n : 0, 1);
  const presented = programInput(n, 1);
  const noise = programInput(m, 1);
  const normals = (rule.normals?.(model) ?? []).map(({ rows, cols }) => programInput(rows, cols));
  const zetas = synapticNoiseOf(model, arrays);
  const sums = arrays.map(({ rows, cols }) => programInput(rows, cols));

  const gradients = (algebra: Algebra): readonly ProgramArray[] => {
    const { constant, multiply } = algebra;
    if (!draws) return meanUpdate(algebra, rule, model, state);
    const only = gaussians.length > 0 ? multiply(constant(gaussians[0].factor), drawn) : null;
    const input = isPresented ? presented : (only ?? constant({ rows: n, cols: 1, data: stimuli.data }));
    return rule.update(algebra, model, state, { input, noise, normals });
  };
  const learned = (algebra: Algebra, totals: readonly ProgramArray[]): ProgramArray[] =>
    draws && batch === 1
      ? sampleStep(algebra, arrays, state, totals, model.learningRate)
      : state.map((array, k) => algebra.add(array, algebra.scale(totals[k], model.learningRate / batch)));
  const updated = (algebra: Algebra, totals: readonly ProgramArray[]): ProgramArray[] =>
    learned(algebra, totals).map((array, k) => {
      const own = zetas.find(({ index }) => index === k);
      return own ? algebra.add(array, own.array) : array;
    });
  const sampleInputs = [
    ...placed(state, 'state', structures),
    ...placed([drawn, noise, ...normals], 'drawn'),
    ...placed([presented], 'input'),
  ];
  const own = normals.reduce((sum, array) => sum + sizeOf(array), 0);
  const perSample = sizeOf(drawn) + m + own;
  const noisePlacements = (before: number): Placement[] => {
    let first = before;
    return zetas.map(({ array, packed, count }) => {
      const structure = packed ? 'symmetric' : 'general';
      const placement: Placement = { array, region: 'drawn', first, packed, structure };
      first += count;
      return placement;
    });
  };
  const finite = [drawn, presented, noise, ...normals, ...zetas.map(({ array }) => array)];
  const shared = {
    batch,
    isPresented,
    stateSize: state.reduce((sum, array) => sum + sizeOf(array), 0),
    sampleDeviations: [
      ...new Array<number>(sizeOf(drawn)).fill(1),
      ...new Array<number>(m).fill(Math.sqrt(variance)),
      ...new Array<number>(own).fill(1),
    ],
    updateDeviations: zetas.flatMap(({ count, deviation }) => new Array<number>(count).fill(deviation)),
  };
  if (batch === 1) {
    const { operations, outputs } = recordProgram((algebra) => updated(algebra, gradients(algebra)));
    const inputs = [...sampleInputs, ...noisePlacements(perSample)];
    const sample = { operations, inputs, outputs: placed(outputs, 'state'), finite };
    return { ...shared, sample, update: null, sumsSize: 0 };
  }
  const first = recordProgram((algebra) => {
    const found = gradients(algebra);
    return sums.map((sum, k) => algebra.add(sum, found[k]));
  });
  const second = recordProgram((algebra) => updated(algebra, sums));
  const sample = {
    operations: first.operations,
    inputs: [...sampleInputs, ...placed(sums, 'sums')],
    outputs: placed(first.outputs, 'sums'),
    finite,
  };
  const update = {
    operations: second.operations,
    inputs: [...placed(state, 'state', structures), ...placed(sums, 'sums'), ...noisePlacements(0)],
    outputs: placed(second.outputs, 'state'),
    finite,
  };
  return { ...shared, sample, update, sumsSize: shared.stateSize };
}

/** E g(S, z) by weighted samples, one after the other. */
function meanUpdate<M extends RuleModel>(
  algebra: Algebra,
  rule: RuleDefinition<M>,
  model: M,
  state: readonly ProgramArray[],
): readonly ProgramArray[] {
  const { constant, scale, add } = algebra;
  return meanSamples(rule, model, noiseSamples(rule, model))
    .map(({ weight, input, noise }) =>
      rule
        .update(algebra, model, state, { input: constant(input), noise: constant(noise) })
        .map((update) => scale(update, weight)),
    )
    .reduce((sums, updates) => sums.map((sum, k) => add(sum, updates[k])));
}

type Algebra = RecordedAlgebra;

interface Zeta {
  /** Number of the array of the state that it is added to. */
  readonly index: number;
  readonly array: ProgramArray;
  readonly packed: boolean;
  /** Normals that it takes. */
  readonly count: number;
  readonly deviation: number;
}

/** The synaptic noise of every array that has any, in their order. */
function synapticNoiseOf(
  model: RuleModel,
  arrays: readonly (Shape & { readonly name: string; readonly symmetric?: boolean })[],
): Zeta[] {
  const synapticNoise = activeSynapticNoise(model);
  const deviation = synapticNoise ? Math.sqrt(synapticVariance(synapticNoise, model.learningRate)) : 0;
  if (!(synapticNoise && deviation > 0)) return [];
  return arrays.flatMap((own, index) => {
    if (!isNoisy(synapticNoise, own)) return [];
    const packed = isSymmetricNoise(synapticNoise, own);
    const { rows, cols } = own;
    const array: Matrix = zeros(rows, cols);
    return [{ index, array: { ...array }, packed, count: packed ? (rows * (rows + 1)) / 2 : rows * cols, deviation }];
  });
}
