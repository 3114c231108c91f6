import { TheoryDomainError } from '#core';
import { isDiagonal, type Matrix } from '#linalg';
import { cubatureSize, inputs, outputs, secondMoment, width, type InputDistribution, type Model } from '#model';
import { sharedAxes } from './minimum/shared-axes.js';
import { blockCount } from './solvers/commuting/block-index.js';
import { commutingModes, type CommutingModes } from './solvers/commuting/modes.js';
import { DRAWS } from './solvers/sampled/noise-draw.js';
import { reflectionSymmetric } from './solvers/spectral/symmetry.js';

// Time and memory of each path, estimated before anything large is allocated. The functions assert*Fit(s) throw
// TheoryDomainError with the estimate. Operations are multiplications.

/** Limit of the memory of a prediction, in bytes. */
const MAX_BYTES = 4e9;
/** Limit of the operations of the paths `spectral`, `moments` and `sampled`: several minutes. */
const MAX_OPERATIONS = 3e11;
/** Operations and bytes up to which the path `moments` is taken rather than `sampled`: about a minute. */
const MAX_MOMENT_OPERATIONS = 2e10;
const MAX_MOMENT_BYTES = 1.5e9;
/** Limit of the operations of the next order: a few minutes. */
const MAX_NEXT_ORDER_OPERATIONS = 1e11;

/**
 * Operations of `predict` by order of magnitude, for callers that want many predictions and have to know beforehand whether
 * they can afford them. Infinity where the rotation tensor is sampled. Takes O(n^3) itself to find the axes that task and
 * input share, nothing when these are the coordinate axes. Throws TheoryDomainError as `predict` does where there is no
 * minimum.
 */
export function predictionOperations(model: Model): number {
  const axes = sharedAxes(model.target, secondMoment(model.input));
  if (!axes) return generalOperations(model);
  const modes = commutingModes(model, axes);
  const onCoordinates = axes.every(({ v }) => !(v instanceof Float64Array));
  const operations = (onCoordinates ? 0 : 10 * inputs(model) ** 3) + blockOperations(modes);
  if (reflectionSymmetric(model, modes)) return operations;
  return momentsFit(modes, model.input) ? operations + momentOperations(modes, model.input) : Infinity;
}

/** The noise covariance, the eigenvalues of the Hessian, and three products of matrices for each plane. */
function generalOperations(model: Model): number {
  const rank = Math.min(model.hiddenUnits, inputs(model), outputs(model));
  const planes = planeCount(rank);
  const normal = rank * width(model) - planes;
  return ((inputs(model) * outputs(model)) ** 2 * momentTerms(model.input)) / 2 + (20 + 3 * planes) * normal ** 3;
}

const planeCount = (rank: number): number => (rank * (rank - 1)) / 2;

/** Stimuli, and two for each Gaussian, whose moments have more terms. */
const momentTerms = ({ stimuli, gaussians }: InputDistribution): number => stimuli.rows + 2 * gaussians.length;

/** The dense matrices of the path `general`, for `rank` learned modes or more. */
export function assertDenseFits(model: Model, rank: number): void {
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

const blockOperations = ({ rank, columns }: CommutingModes): number => 8 * rank ** 2 * columns;

/** The blocks of a commuting task. */
export function assertBlocksFit(modes: CommutingModes): void {
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

/** Whether the path `moments` is cheap enough to be taken instead of `sampled`. */
export function momentsFit(modes: CommutingModes, input: InputDistribution): boolean {
  const { rank, columns } = modes;
  const planes = planeCount(rank);
  const products = blockCount(rank, columns);
  const normal = rank * (modes.inputs + modes.outputs) - planes;
  const bytes = 8 * (products ** 2 + normal ** 2 + 4 * planes ** 2);
  return momentOperations(modes, input) <= MAX_MOMENT_OPERATIONS && bytes <= MAX_MOMENT_BYTES;
}

/** The fourth moments, the exact tensor, and the eigenvalues of the tensor. */
function momentOperations({ rank, columns }: CommutingModes, input: InputDistribution): number {
  const planes = planeCount(rank);
  const products = blockCount(rank, columns);
  return (products ** 2 * momentTerms(input)) / 2 + 2 * planes * rank ** 2 * columns ** 2 + 5 * planes ** 3;
}

/** Rotations of the path `sampled`, at least and at most: the error of D is some 1% of ten thousand. */
const MIN_SAMPLES = 256;
const MAX_SAMPLES = 16_384;
/** Multiplications that more rotations than the fewest may take: some ten seconds. */
const SAMPLING_OPERATIONS = 2e10;

/** About as many as columns stand for those beyond the modes (`rotationSkeleton`, `squareSkeleton`). */
const SKELETON = 10;

/** Multiplications of one rotation: the sums over learned columns, and those over the skeleton by draws. */
const rotationOperations = ({ rank, columns, labelNoiseVariance }: CommutingModes): number => {
  const others = Math.min(SKELETON, columns - rank);
  // Label noise makes two products of one, in the displacement and in the noise.
  const products = labelNoiseVariance > 0 ? 4 : 1;
  return products * (2 * rank ** 3 + others * DRAWS * (rank ** 2 + (DRAWS + 1) * (columns - rank)));
};

/** Multiplications of the sums over the input, and the share of them that rotations may take where that is more. */
function inputOperations({ rank, columns, inputs: n }: CommutingModes, input: InputDistribution): number {
  const others = Math.min(SKELETON, columns - rank);
  return (rank ** 3 / 2 + 2 * n ** 2 + others * (n + rank ** 2)) * (input.stimuli.rows + 3 * input.gaussians.length);
}
const SAMPLING_SHARE = 0.4;

/** How many rotations the path `sampled` takes. */
export function sampleCount(modes: CommutingModes, input: InputDistribution): number {
  const operations = Math.max(SAMPLING_OPERATIONS, SAMPLING_SHARE * inputOperations(modes, input));
  return Math.floor(Math.min(MAX_SAMPLES, Math.max(MIN_SAMPLES, operations / rotationOperations(modes))));
}

/** The rotations of the path `sampled`, and the moments that it needs. */
export function assertSamplesFit(modes: CommutingModes, input: InputDistribution): void {
  const { rank, columns, inputs: n } = modes;
  const samples = sampleCount(modes, input);
  const operations = samples * rotationOperations(modes) + inputOperations(modes, input);
  const bytes = 8 * (samples * planeCount(rank) + 40 * rank * columns + rank ** 3 + input.stimuli.data.length);
  if (operations <= MAX_OPERATIONS && bytes <= MAX_BYTES) return;
  throw new TheoryDomainError(
    `${input.stimuli.rows} stimuli of ${n} dimensions with ${rank} learned modes take ${operations.toPrecision(2)} ` +
      `multiplications and ${(bytes / 1e9).toPrecision(2)} GB even by ${samples} samples, more than ${MAX_OPERATIONS} and ` +
      `${MAX_BYTES / 1e9} GB; give fewer components or hidden units`,
    ['model', 'input'],
  );
}

/** How far the path `sampled` is after each of its parts, of the whole; fluctuations of probes and the limit of stability come last. */
export function samplingShares(
  modes: CommutingModes,
  { stimuli }: InputDistribution,
  count: number,
): Record<'axes' | 'coordinates' | 'moments' | 'rotations', number> {
  const { rank, inputs: n } = modes;
  const parts = [
    stimuli.rows * n ** 2 + 4 * n ** 3,
    stimuli.rows * n ** 2,
    stimuli.rows * (rank ** 3 / 2 + rank * n),
    count * rotationOperations(modes),
    stimuli.rows * n ** 2,
  ];
  const total = parts.reduce((sum, part) => sum + part, 0);
  let done = 0;
  const [axes, coordinates, moments, rotations] = parts.map((part) => (done += part / total));
  return { axes, coordinates, moments, rotations };
}

/** Multiplications in a second, about, where they are in long sums. */
const PER_SECOND = 2e9;

/**
 * Seconds that a prediction takes on a usual machine, about: before anything is computed, so without the axes, for as many modes as there
 * are hidden units. Small predictions take less than a second whatever this says.
 */
export function predictionSeconds({ target, input, hiddenUnits }: Model, probes: number): number {
  const n = input.size;
  const rank = Math.min(hiddenUnits, n, target.rows);
  const samples = momentTerms(input);
  if (!sharesAxes(target, input)) {
    const normal = rank * (n + target.rows) - planeCount(rank);
    return (2 * planeCount(rank) * normal ** 3 + samples * (n * target.rows) ** 2) / PER_SECOND;
  }
  const perStimulus = 3 * n ** 2 + rank ** 3 / 2 + probes * SKELETON * rank ** 2 * (rank < n ? 1 : 0);
  const moments = (samples * (rank * n) ** 2) / 2;
  const operations = Math.min(moments, samples * perStimulus + SAMPLING_OPERATIONS) + 4 * n ** 3;
  return input.stimuli.rows > 0 ? operations / PER_SECOND : 0;
}

/** Whether task and input share their axes, as far as is seen without them: a multiple of the identity, or both along the coordinates. */
function sharesAxes(target: Matrix, input: InputDistribution): boolean {
  if (!isDiagonal(target)) return false;
  const first = target.data[0];
  for (let i = 0; i < Math.min(target.rows, target.cols); i++) {
    if (target.data[i * (target.cols + 1)] !== first) return isDiagonal(secondMoment(input));
  }
  return true;
}

/** What the next order takes: see `nextOrderCost`. */
interface NextOrderCost {
  readonly operations: number;
  readonly bytes: number;
  /** K normal directions, and samples of the cubature. */
  readonly directions: number;
  readonly samples: number;
}

/**
 * The next order in the learning rate: `expand` with K normal directions, P planes and q features of a sample, the derivatives of the
 * q fields, and the moments of the features over the samples of the cubature.
 */
function nextOrderCost({ target: { rows: m }, input, labelNoiseVariance }: Model, rank: number): NextOrderCost {
  const n = input.size;
  const p = planeCount(rank);
  const size = rank * (n + m);
  const k = size - p;
  const samples = cubatureSize(input, labelNoiseVariance, m);
  const features = (n * (n + 1)) / 2 + (labelNoiseVariance > 0 ? n * m : 0);
  const q = Math.min(features, samples - 1);
  const ofField = 9 * p * k ** 3 + 4 * p ** 2 * k ** 2 + (size * k ** 3) / 2 + 9 * k ** 2 * rank * n * m;
  const operations =
    (2.5 * p + 5 + size / 6) * k ** 4 +
    5 * p ** 2 * k ** 3 +
    q * ofField +
    2 * p * (q * k) ** 2 +
    p * k * q ** 3 +
    samples * (q ** 3 / 6 + features ** 2) +
    10 * features ** 3;
  const ofTensors = (2 * p + 8) * k ** 3 + q ** 3 + q * k * (k + 6 * p) + 12 * p * k ** 2 + (k ** 2 * n * m) / 2;
  return {
    operations,
    bytes: 8 * (ofTensors + samples * (3 * features + q) + 2 * features ** 2),
    directions: k,
    samples,
  };
}

/** Multiplications of `predictNextOrder` for a model with `rank` learned modes. */
export const nextOrderOperations = (model: Model, rank: number): number => nextOrderCost(model, rank).operations;

/** Whether the next order takes at most 10^11 multiplications and 4 GB. */
export function nextOrderFits(model: Model, rank: number): boolean {
  const { operations, bytes } = nextOrderCost(model, rank);
  return operations <= MAX_NEXT_ORDER_OPERATIONS && bytes <= MAX_BYTES;
}

/** Throws TheoryDomainError where the next order takes more than 10^11 multiplications or 4 GB. */
export function assertNextOrderFits(model: Model, rank: number): void {
  if (nextOrderFits(model, rank)) return;
  const { operations, bytes, directions, samples } = nextOrderCost(model, rank);
  throw new TheoryDomainError(
    `the next order of ${inputs(model)} inputs, ${outputs(model)} outputs and ${rank} learned modes takes ` +
      `${operations.toPrecision(2)} multiplications and ${(bytes / 1e9).toPrecision(2)} GB (${directions} normal directions, ` +
      `${samples} samples), more than ${MAX_NEXT_ORDER_OPERATIONS} and ${MAX_BYTES / 1e9} GB; ask for the leading order, ` +
      'or give fewer dimensions or stimuli',
    ['model', 'input'],
  );
}
