import { diagonal, identity, scale } from '#linalg';
import { gaussianPart, inputDistribution, type InputDistribution, type Model } from '#model';
import { generator } from '#random';
import { isotropicAutoencoder, predict, type Path, type Prediction } from '#theory';

/** A model whose prediction is timed. */
interface TheoryCase {
  readonly name: string;
  readonly hiddenUnits: number;
  /** Takes this path instead of the one that fits. */
  readonly path?: Path;
  /** The case whose numbers this one must give. */
  readonly against?: string;
  readonly weightDecay: number;
  readonly input: () => InputDistribution;
  /** 0.1 unless given. */
  readonly labelNoiseVariance?: number;
  /** Takes minutes: measured when it is named, only. */
  readonly isLong?: boolean;
  /** Closed forms of F and D, where there are. */
  readonly closed?: (model: Model) => { fluctuation: number; diffusion: number };
}

const gaussian = (variances: readonly number[]) => (): InputDistribution =>
  inputDistribution(variances.length, [gaussianPart(1, diagonal(variances))], []);

const spectrum = (size: number, variance: (j: number) => number): number[] =>
  Array.from({ length: size }, (_, j) => variance(j));

const falling = (size: number): number[] => spectrum(size, (j) => 2 - (1.5 * j) / size);

/**
 * `count` stimuli of a law that is far from Gaussian, from the keyed streams: each coordinate a cubed uniform number or,
 * once in four, a shifted uniform one; neighbours are mixed, so that the principal axes are not those of the coordinates.
 */
const stimuli = (count: number, size: number) => (): InputDistribution => {
  const random = generator(1, 0, 'start');
  return inputDistribution(
    size,
    [],
    Array.from({ length: count }, () => {
      const own = Float64Array.from({ length: size }, (_, j) => {
        const u = 2 * random.uniform() - 1;
        return (2 - j / size) * (random.uniform() < 0.25 ? u + 0.5 : 2.5 * u ** 3);
      });
      return { probability: 1 / count, stimulus: own.map((value, j) => value + 0.5 * own[(j + 1) % size]) };
    }),
  );
};

/** `count` stimuli as images are: correlated, far from Gaussian, with variances that fall over most of their directions. */
const images = (count: number, size: number) => (): InputDistribution => {
  const random = generator(1, 0, 'start');
  return inputDistribution(
    size,
    [],
    Array.from({ length: count }, () => {
      const brightness = 1 + random.uniform();
      const own = Float64Array.from({ length: size }, (_, j) => {
        const u = 2 * random.uniform() - 1;
        return (brightness * (random.uniform() < 0.25 ? u + 0.75 : 2.5 * u ** 3 - 0.25)) / (1 + j / 8) ** 0.7;
      });
      return { probability: 1 / count, stimulus: own.map((value, j) => value + 0.5 * own[(j + 1) % size]) };
    }),
  );
};

const ISOTROPIC = 256;
const STIMULI = 10_000;

export const theoryCases: readonly TheoryCase[] = [
  { name: 'gaussian-16-general', hiddenUnits: 16, path: 'general', weightDecay: 0.1, input: gaussian(falling(16)) },
  {
    name: 'gaussian-16',
    hiddenUnits: 16,
    against: 'gaussian-16-general',
    weightDecay: 0.1,
    input: gaussian(falling(16)),
  },
  {
    name: 'isotropic-256',
    hiddenUnits: ISOTROPIC,
    weightDecay: 0.1,
    input: () => inputDistribution(ISOTROPIC, [gaussianPart(1, scale(identity(ISOTROPIC), 1.2))], []),
    closed: (model) => {
      const form = isotropicAutoencoder({ ...model, inputs: ISOTROPIC, variance: 1.2 });
      return { fluctuation: form.fluctuation(1), diffusion: form.diffusion(1) };
    },
  },
  {
    name: 'power-law-4096',
    hiddenUnits: 64,
    weightDecay: 0.05,
    input: gaussian(spectrum(4096, (j) => 4 / Math.sqrt(j + 1))),
  },
  { name: 'gaussian-384', hiddenUnits: 384, weightDecay: 0.1, input: gaussian(falling(384)) },
  { name: 'data-8-general', hiddenUnits: 8, path: 'general', weightDecay: 0.1, input: stimuli(STIMULI, 8) },
  { name: 'data-8', hiddenUnits: 8, against: 'data-8-general', weightDecay: 0.1, input: stimuli(STIMULI, 8) },
  { name: 'data-16', hiddenUnits: 16, weightDecay: 0.1, input: stimuli(STIMULI, 16) },
  { name: 'data-32', hiddenUnits: 32, weightDecay: 0.1, input: stimuli(STIMULI, 32) },
  { name: 'data-64-sampled', hiddenUnits: 64, weightDecay: 0.1, input: stimuli(STIMULI, 64) },
  { name: 'images-784', hiddenUnits: 69, weightDecay: 0.1, labelNoiseVariance: 0, input: images(STIMULI, 784) },
  {
    name: 'images-3072',
    hiddenUnits: 100,
    weightDecay: 0.07,
    labelNoiseVariance: 0,
    input: images(STIMULI, 3072),
    isLong: true,
  },
];

/** What a case says of itself. */
export interface TheoryFigures {
  readonly name: string;
  readonly path: Path;
  readonly inputs: number;
  readonly outputs: number;
  readonly learnedModes: number;
  readonly planes: number;
  readonly normalModes: number;
  readonly stimuli: number;
  /** Wall time and processor time of the prediction, without the making of the model. */
  readonly seconds: number;
  readonly processorSeconds: number;
  /** Largest memory of the process, the model and Node itself included. */
  readonly peakMegabytes: number;
  /** F and D of the first axes. */
  readonly fluctuation: number[];
  readonly diffusion: number[];
  /** Largest standard error of D relative to D; 0 where it is exact. */
  readonly relativeStandardError: number;
  /** Largest relative difference of F and D from the closed form; null without one. */
  readonly fromClosedForm: number | null;
}

/** Predicts one case, in this process. */
export function measureTheoryCase({
  name,
  hiddenUnits,
  path,
  weightDecay,
  labelNoiseVariance = 0.1,
  input: make,
  closed,
}: TheoryCase): TheoryFigures {
  const input = make();
  const model: Model = {
    hiddenUnits,
    target: identity(input.size),
    input,
    learningRate: 0.001,
    weightDecay,
    labelNoiseVariance,
    batchSize: 1,
  };
  const probes = Array.from({ length: 4 }, (_, axis) =>
    Float64Array.from({ length: input.size }, (__, i) => (i === axis ? 1 : 0)),
  );
  const processor = process.cpuUsage();
  const began = performance.now();
  const prediction = predict(model, probes, path ? { path } : {});
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(processor);
  return {
    name,
    path: prediction.path,
    inputs: input.size,
    outputs: input.size,
    learnedModes: prediction.singularValues.length,
    planes: prediction.drift.planes.length,
    normalModes: prediction.normalHessianEigenvalues.length,
    stimuli: input.stimuli.rows,
    seconds,
    processorSeconds: (user + system) / 1e6,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
    fluctuation: prediction.probes.map(({ fluctuation }) => fluctuation),
    diffusion: prediction.probes.map(({ diffusion }) => diffusion),
    relativeStandardError: Math.max(
      ...prediction.probes.map(({ diffusion, diffusionStandardError }) => diffusionStandardError / diffusion),
    ),
    fromClosedForm: closed ? departure(prediction, closed(model)) : null,
  };
}

const departure = ({ probes }: Prediction, expected: { fluctuation: number; diffusion: number }): number =>
  Math.max(
    ...probes.flatMap(({ fluctuation, diffusion }) => [
      Math.abs(fluctuation / expected.fluctuation - 1),
      Math.abs(diffusion / expected.diffusion - 1),
    ]),
  );
