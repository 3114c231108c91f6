import { parentPort } from 'node:worker_threads';
import { fromData, identity } from '#linalg';
import {
  createReferenceStepper,
  gaussianPart,
  inputDistribution,
  type CreateStepper,
  type Model,
  type Stepper,
} from '#model';
import { generator } from '#random';
import { createKernelSteppers } from '#kernel';
import { loadKernel } from '#kernel/node';
import type { Task } from './contenders.js';

interface Request {
  /** `reduced`, `nativeReduced`: f64 with no more rows than inputs and outputs, as experiments are run. */
  readonly kind: 'f64' | 'f32' | 'reduced' | 'native64' | 'native32' | 'nativeReduced' | 'reference';
  readonly task: Task;
  /** Identity of the first replica. */
  readonly first: number;
}

const wasm = await loadKernel({ ...process.env, MEANDER_KERNEL: 'wasm' });
/** WebAssembly again where there is none: then it is not asked for. */
const native = await loadKernel();
const makers: Record<Request['kind'], CreateStepper> = {
  f64: createKernelSteppers(wasm, 'f64'),
  f32: createKernelSteppers(wasm, 'f32'),
  reduced: createKernelSteppers(wasm, 'f64'),
  native64: createKernelSteppers(native, 'f64'),
  native32: createKernelSteppers(native, 'f32'),
  nativeReduced: createKernelSteppers(native, 'f64'),
  reference: createReferenceStepper,
};
const steppers = new Map<string, Stepper>();

function stepperFor({ kind, task: { n, p, replicas }, first }: Request): Stepper {
  const key = [kind, n, p, replicas].join();
  const present = steppers.get(key);
  if (present) return present;
  const model: Model = {
    hiddenUnits: p,
    target: identity(n),
    input: inputDistribution(n, [gaussianPart(1, identity(n))], []),
    learningRate: 0.01,
    weightDecay: 0.2,
    labelNoiseVariance: 0,
    batchSize: 1,
  };
  const identities = Array.from({ length: replicas }, (_, k) => first + k);
  const starts = identities.map((replica) => {
    const uniform = generator(1, replica, 'start');
    const rows = kind === 'reduced' || kind === 'nativeReduced' ? Math.min(p, 2 * n) : p;
    const theta = Float64Array.from({ length: rows * 2 * n }, () => 0.6 * uniform.uniform() - 0.3);
    return [fromData(rows, 2 * n, theta)];
  });
  const stepper = makers[kind](model, 1, identities, starts);
  stepper.advance(1000);
  steppers.set(key, stepper);
  return stepper;
}

parentPort?.on('message', (request: Request) => {
  stepperFor(request).advance(request.task.steps);
  parentPort?.postMessage('done');
});
