import { TheoryDomainError } from '#core';
import { inputs, outputs, width, type Model } from '#model';
import type { CommutingModes } from './solvers/commuting/modes.js';
import { blockCount } from './solvers/moments/fourth-moments.js';
import { squareMomentCount } from './solvers/sampled/square-moments.js';

/** Most memory that a prediction may take, in bytes. */
const MAX_BYTES = 4e9;
/** Multiplications up to which the rotation tensor of a data set is exact: about a minute. */
const MAX_EXACT = 2e10;
/** Memory up to which it is, in bytes. */
const MAX_EXACT_BYTES = 1.5e9;
/** Multiplications that a prediction by blocks or by samples may take: several minutes. */
const MAX_OPERATIONS = 3e11;

/** Throws TheoryDomainError when the dense matrices of the general path do not fit; counted before they are made. */
export function refuseOversized(model: Model, rank: number): void {
  const products = inputs(model) * outputs(model);
  const modes = rank * width(model);
  const bytes = 8 * (products ** 2 + 2 * modes ** 2);
  if (bytes <= MAX_BYTES) return;
  throw new TheoryDomainError(
    `the noise covariance of ${inputs(model)} inputs, ${outputs(model)} outputs and ${rank} or more learned modes takes ` +
      `${(bytes / 1e9).toFixed(1)} GB, more than ${MAX_BYTES / 1e9} GB, because the task does not share its axes with the ` +
      'input; give fewer dimensions or hidden units',
    ['model', 'input'],
  );
}

export function refuseUnstable(model: Model, steepest: number): void {
  const factor = model.learningRate * steepest;
  if (factor < 2) return;
  throw new TheoryDomainError(
    `learningRate ${model.learningRate} is beyond stability: times the largest curvature ` +
      `${steepest.toPrecision(4)} it is ${factor.toPrecision(4)}, ` +
      `which must be below 2; give a learningRate below ${(2 / steepest).toPrecision(4)}`,
    ['model', 'learningRate'],
  );
}

/** Multiplications for the blocks of a commuting task. */
export const blockOperations = ({ rank, columns }: CommutingModes): number => 8 * rank ** 2 * columns;

/** Throws TheoryDomainError when the blocks of a commuting task are too many; counted before they are made. */
export function refuseManyBlocks(modes: CommutingModes): void {
  const { rank, columns } = modes;
  const operations = blockOperations(modes);
  const bytes = 150 * rank * columns + 50 * rank ** 2;
  if (operations <= MAX_OPERATIONS && bytes <= MAX_BYTES) return;
  throw new TheoryDomainError(
    `${rank} learned modes in ${columns} dimensions take ${operations.toPrecision(2)} multiplications and ` +
      `${(bytes / 1e9).toPrecision(2)} GB, more than ${MAX_OPERATIONS} and ${MAX_BYTES / 1e9} GB; give fewer dimensions ` +
      'or hidden units',
    ['model', 'hiddenUnits'],
  );
}

/** Whether the exact tensor of a commuting task is worth its cost: `MAX_EXACT` multiplications, `MAX_EXACT_BYTES`. */
export function exactFits(model: Model, modes: CommutingModes): boolean {
  const { rank, columns } = modes;
  const planes = (rank * (rank - 1)) / 2;
  const products = blockCount(rank, columns);
  const bytes = 8 * (products ** 2 + (rank * width(model) - planes) ** 2 + 4 * planes ** 2);
  return exactOperations(model, modes) <= MAX_EXACT && bytes <= MAX_EXACT_BYTES;
}

/** Multiplications for the fourth moments, the exact tensor, and the eigenvalues of the tensor. */
export function exactOperations(model: Model, { rank, columns }: CommutingModes): number {
  const planes = (rank * (rank - 1)) / 2;
  const products = blockCount(rank, columns);
  const samples = model.input.stimuli.rows + 2 * model.input.gaussians.length;
  return (products ** 2 * samples) / 2 + 2 * planes * rank ** 2 * columns ** 2 + 5 * planes ** 3;
}

/** Throws TheoryDomainError when even `samples` samples are too many; counted before anything is made. */
export function refuseUnsampled(model: Model, modes: CommutingModes, samples: number): void {
  const { rank, columns, inputs: n } = modes;
  const planes = (rank * (rank - 1)) / 2;
  const operations =
    16 * samples * planes * columns +
    (squareMomentCount(modes) * (model.input.stimuli.rows + 3 * model.input.gaussians.length)) / 2;
  const bytes = 8 * (squareMomentCount(modes) + samples * planes + 40 * rank * columns);
  if (operations <= MAX_OPERATIONS && bytes <= MAX_BYTES) return;
  throw new TheoryDomainError(
    `${model.input.stimuli.rows} stimuli of ${n} dimensions with ${rank} learned modes take ${operations.toPrecision(2)} ` +
      `multiplications and ${(bytes / 1e9).toPrecision(2)} GB even by ${samples} samples, more than ${MAX_OPERATIONS} and ` +
      `${MAX_BYTES / 1e9} GB; give fewer components or hidden units`,
    ['model', 'input'],
  );
}
