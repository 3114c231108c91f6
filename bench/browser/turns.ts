import { createKernelSteppers, type Kernel } from '#kernel';
import { fromData, identity } from '#linalg';
import { gaussianPart, inputDistribution, type Model } from '#model';

/** Sizes n = m and p, and steps of one turn, which take about 10 ms. */
export const sizes = [
  { n: 4, p: 4, steps: 100_000 },
  { n: 10, p: 10, steps: 25_000 },
  { n: 10, p: 100, steps: 3_500 },
] as const;

const REPLICAS = [0, 1, 2, 3];

/** For each size a function that simulates one turn and returns the speed, million replica-steps per second. */
export function kernelTurns(kernel: Kernel): (() => number)[] {
  const create = createKernelSteppers(kernel, 'f64');
  return sizes.map(({ n, p, steps }) => {
    const model: Model = {
      hiddenUnits: p,
      target: identity(n),
      input: inputDistribution(n, [gaussianPart(1, identity(n))], []),
      learningRate: 0.01,
      weightDecay: 0.2,
      labelNoiseVariance: 0,
      batchSize: 1,
    };
    const start = fromData(
      p,
      2 * n,
      Float64Array.from({ length: p * 2 * n }, (_, i) => ((i * 7) % 11) / 20 - 0.25),
    );
    const stepper = create(
      model,
      1,
      REPLICAS,
      REPLICAS.map(() => [start]),
    );
    return () => {
      const began = performance.now();
      stepper.advance(steps);
      return (REPLICAS.length * steps) / (performance.now() - began) / 1000;
    };
  });
}
