import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { kernelModel, kernelShapes, startsOf, type KernelShape } from '../../../test/support/kernel-models.js';
import { nativeKernels, noNative } from '../../../test/support/native.js';
import { createKernelSteppers, type Kernel, type Precision } from '../index.js';
import { loadKernel } from '../load.node.js';

let wasm: Kernel;
let natives: readonly Kernel[];
beforeAll(async () => {
  wasm = await loadKernel({ MEANDER_KERNEL: 'wasm' });
  natives = noNative === null ? await nativeKernels() : [];
});

const precisions = fc.constantFrom<Precision>('f64', 'f32');
/** Precision f32 needs a decay that its weights can hold. */
const isSimulable = (precision: Precision, { weightDecay }: { readonly weightDecay: number }): boolean =>
  precision === 'f64' || weightDecay > 0;
/** Up to two tiles of 512 bits in f64 and what is left over. */
const counts = fc.integer({ min: 1, max: 37 });
const range = (count: number): number[] => Array.from({ length: count }, (_, i) => 2 * i + 1);

/** What a stepper keeps, streams included, after the calls of `advance`; each call has the next of the kernels, in turn. */
function savedAfter(
  kernels: readonly Kernel[],
  precision: Precision,
  shape: KernelShape,
  count: number,
  calls: readonly number[],
): Uint8Array {
  const model = kernelModel(shape);
  const replicas = range(count);
  const starts = startsOf(model, replicas);
  const steppers = kernels.map((kernel) => createKernelSteppers(kernel, precision)(model, 17, replicas, starts));
  let saved = steppers[0].save();
  calls.forEach((steps, k) => {
    const stepper = steppers[k % steppers.length];
    stepper.restore(saved);
    stepper.advance(steps);
    saved = stepper.save();
  });
  return saved;
}

describe.skipIf(noNative !== null)(`the native kernel${noNative === null ? '' : ` (skipped: ${noNative})`}`, () => {
  it('has vectors of 128 bits, and wider ones where the processor has', () => {
    expect(natives.length).toBeGreaterThan(0);
    expect(natives.map(({ native }) => native?.width)).toEqual([128, 256, 512].slice(0, natives.length));
  });

  it('has the bits of WebAssembly at every width, on 200 random models', () => {
    fc.assert(
      fc.property(kernelShapes, precisions, counts, (shape, precision, count) => {
        fc.pre(isSimulable(precision, shape));
        const expected = savedAfter([wasm], precision, shape, count, [70]);
        for (const native of natives) {
          expect(Buffer.compare(savedAfter([native], precision, shape, count, [70]), expected)).toBe(0);
        }
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it('continues the saved state of another width and of WebAssembly, and is continued by them, however the steps are split', () => {
    fc.assert(
      fc.property(
        kernelShapes,
        precisions,
        fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 2, maxLength: 8 }),
        (shape, precision, calls) => {
          fc.pre(isSimulable(precision, shape));
          const total = calls.reduce((sum, steps) => sum + steps, 0);
          const relayed = savedAfter([...natives, wasm], precision, shape, shape.replicas, calls);
          expect(Buffer.compare(relayed, savedAfter([wasm], precision, shape, shape.replicas, [total]))).toBe(0);
        },
      ),
      { numRuns: 60, seed: 2 },
    );
  });

  it.each<Precision>(['f64', 'f32'])(
    'has the same bits after a million steps of rare draws and rescaled weights, in %s',
    (precision) => {
      const shape = { n: 3, hiddenUnits: 5, batchSize: 2, kind: 'gaussian, full', target: 'wide' } as const;
      const strong = { ...shape, labelNoiseVariance: 0.1, learningRate: 0.02, weightDecay: 0.5 };
      const expected = savedAfter([wasm], precision, strong, 50, [20_000]);
      for (const native of natives) {
        expect(Buffer.compare(savedAfter([native], precision, strong, 50, [20_000]), expected)).toBe(0);
      }
    },
  );
});

describe('the variable MEANDER_KERNEL', () => {
  const elsewhere = { XDG_CACHE_HOME: '/nonexistent' };

  it('asks for nothing where it is not set: WebAssembly is used where nothing is built', async () => {
    expect((await loadKernel(elsewhere)).native).toBeUndefined();
  });

  it.each([
    ['native-64', 'expected wasm, native, native-128, native-256 or native-512'],
    ['native', 'meander native builds it'],
  ])('is rejected where it is %s and that is not there', async (wanted, message) => {
    await expect(loadKernel({ ...elsewhere, MEANDER_KERNEL: wanted })).rejects.toThrow(message);
  });
});
