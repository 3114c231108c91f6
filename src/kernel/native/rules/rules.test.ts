import { beforeAll, describe, expect, it } from 'vitest';
import type { CreateStepper, RuleModel } from '#model';
import { generator } from '#random';
import { inputs, modelOf, rules, startsOf } from '../../../../test/support/compiled-rules.js';
import { nativeEnvironment, nativeKernels, noNative } from '../../../../test/support/native.js';
import { createKernelSteppers, type Kernel } from '../../index.js';
import { loadKernel } from '../../load.node.js';
import { ruleLibrary } from './build.node.js';
import { nativeObstacle } from './obstacle.node.js';

/** Random models of each rule. Each takes a compiler half a second, once: MEANDER_RULE_MODELS=200 for a day with time. */
const { MEANDER_RULE_MODELS: wanted = '1' } = process.env;
const MODELS = Number(wanted);

let wasm: Kernel;
let natives: readonly Kernel[];
beforeAll(async () => {
  wasm = await loadKernel({ MEANDER_KERNEL: 'wasm' });
  natives = noNative === null ? await nativeKernels() : [];
});
const steppersOf = (kernel: Kernel): CreateStepper => createKernelSteppers(kernel, 'f64');

/** A model of a rule drawn by a number: small ones are written out, large ones are loops. */
function randomModel(rule: string, drawn: number): RuleModel {
  const number = Object.keys(rules).indexOf(rule);
  const source = generator(drawn, number, 'start');
  const isSmall = (drawn + number) % 2 === 0;
  const below = (count: number): number => Math.floor(count * source.uniform());
  const n = isSmall ? 1 + below(5) : 8 + below(14);
  const k = isSmall ? 1 + below(n) : 7 + below(n - 6);
  const names = Object.keys(inputs);
  const model = modelOf(rule, names[below(names.length)], n, k);
  const layers = 'all' as const;
  const scaling = below(2) === 0 ? ('sqrt' as const) : ('linear' as const);
  const symmetric = below(2) === 0;
  return below(2) === 0 ? model : { ...model, synapticNoise: { variance: 1e-3, scaling, layers, symmetric } };
}

/** Weights and random streams of replicas after some calls, each made by a stepper of the next kernel, in turn. */
function savedAfter(kernels: readonly Kernel[], model: RuleModel, count: number, calls: readonly number[]): Uint8Array {
  const replicas = Array.from({ length: count }, (_, i) => 3 * i + 1);
  const starts = startsOf(model, replicas);
  const steppers = kernels.map((kernel) => steppersOf(kernel)(model, 17, replicas, starts));
  let saved = steppers[0].save();
  calls.forEach((steps, call) => {
    const stepper = steppers[call % steppers.length];
    stepper.restore(saved);
    stepper.advance(steps);
    saved = stepper.save();
  });
  return saved;
}

const hasMap = (rule: string): boolean => rule === 'one of its own';

describe.skipIf(noNative !== null)(`native steps${noNative === null ? '' : ` (skipped: ${noNative})`}`, () => {
  it.each(Object.keys(rules))(
    'of %s have the bits of WebAssembly with the widest vectors, on random models',
    (rule) => {
      const widest = natives[natives.length - 1];
      for (let drawn = 0; drawn < MODELS; drawn++) {
        const model = randomModel(rule, drawn);
        // More than two vectors of 512 bits, and replicas that fill none.
        const expected = savedAfter([wasm], model, 19, [40]);
        expect(Buffer.compare(savedAfter([widest], model, 19, [17, 0, 23]), expected)).toBe(0);
        expect(nativeObstacle(nativeEnvironment, model) === null).toBe(!hasMap(rule));
      }
    },
  );

  it.each([
    ['similarityMatching', 12, 9],
    ['deep with relu and dropout', 4, 3],
    ['one that solves and inverts', 12, 9],
  ])('of %s have the bits of WebAssembly at every width, and go on where another kernel ended', (rule, n, k) => {
    const model = modelOf(rule, 'two Gaussians and a dictionary', n, k);
    const expected = savedAfter([wasm], model, 9, [160]);
    expect(Buffer.compare(savedAfter([...natives, wasm], model, 9, [30, 1, 99, 30]), expected)).toBe(0);
  });

  it('present stimuli in epochs, in vectors that replicas do not fill', () => {
    const model = modelOf('oja', 'a data set in epochs', 4, 3);
    const widest = natives[natives.length - 1];
    const expected = savedAfter([wasm], model, 11, [300]);
    expect(Buffer.compare(savedAfter([widest], model, 11, [7, 293]), expected)).toBe(0);
  });

  it('throw the error of the readable step for a singular matrix', () => {
    const model = modelOf('similarityMatching', 'a full Gaussian', 4, 3);
    const starts = startsOf(model, [0]);
    starts[0][1].data.fill(0);
    const stepper = steppersOf(natives[natives.length - 1])(model, 1, [0], starts);
    expect(() => {
      stepper.advance(1);
    }).toThrow('leading blocks is singular');
  });

  it('are said not to be there where a compiler is missing or fails', () => {
    const missing = ruleLibrary({ ...nativeEnvironment, CC: '/nonexistent/cc' }, '// of a test', 128);
    expect(missing).toContain('there is no C compiler');
    expect(ruleLibrary(nativeEnvironment, '#error of a test', 128)).toContain('#error of a test');
  });
});
