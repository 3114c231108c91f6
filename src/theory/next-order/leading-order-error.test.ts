import { describe, expect, it } from 'vitest';
import { add, diagonal, fromData, identity, multiply, qr, transpose, type Matrix } from '#linalg';
import { gaussianPart, inputDistribution, type InputDistribution, type Model } from '#model';
import { generator } from '#random';
import { predict, predictNextOrder, type LearningRateError } from '../index.js';

const RATE = 1e-5;

/** Tasks and inputs of all kinds, weak and strong decay, with and without label noise, bottlenecks among them. */
function drawn(seed: number): Model {
  const random = generator(seed, 0, 'start');
  const between = (low: number, high: number): number => low + (high - low) * random.uniform();
  const whole = (low: number, high: number): number => Math.floor(between(low, high + 1));
  const turn = (size: number): Matrix =>
    qr(
      add(
        fromData(
          size,
          size,
          Float64Array.from({ length: size ** 2 }, () => between(-1, 1)),
        ),
        identity(size),
        2,
      ),
    ).q;
  const n = whole(2, 3);
  const variances = diagonal(Float64Array.from({ length: n }, () => between(0.1, 2)));
  const stimuli = Array.from({ length: 6 }, () => ({
    probability: 1 / 6,
    stimulus: Float64Array.from({ length: n }, () => between(-1.5, 1.5)),
  }));
  const often = { probability: 0.3, stimulus: Float64Array.from({ length: n }, (_, i) => (i === 0 ? 1.5 : 0)) };
  const gaussian = inputDistribution(n, [gaussianPart(1, variances)], []);
  const kinds: readonly InputDistribution[] = [
    gaussian,
    inputDistribution(n, [], stimuli),
    inputDistribution(n, [gaussianPart(0.7, variances)], [often]),
    gaussian,
  ];
  const kind = seed % kinds.length;
  const m = kind === 3 ? whole(1, 3) : n;
  const gains = diagonal(
    Float64Array.from({ length: Math.min(n, m) }, () => between(0.5, 1.3)),
    m,
    n,
  );
  return {
    hiddenUnits: random.uniform() < 0.4 ? whole(1, n) : n + 2,
    target: kind === 3 ? multiply(turn(m), gains, transpose(turn(n))) : identity(n),
    input: kinds[kind],
    learningRate: RATE,
    weightDecay: 0.03 * 10 ** between(0, 1),
    labelNoiseVariance: random.uniform() < 0.35 ? 0 : 0.01 * 30 ** random.uniform(),
    batchSize: whole(1, 3),
  };
}

describe('the estimated error of the leading order', () => {
  const predictions = Array.from({ length: 100 }, (_, seed) => {
    const model = drawn(seed + 1);
    // All directions together, and one mode by itself.
    const probes = [
      Float64Array.from({ length: model.input.size }, (__, i) => 1 - i / 2),
      Float64Array.from({ length: model.input.size }, (__, i) => Number(i === seed % model.input.size)),
    ];
    const leading = predict(model, probes).probes;
    return predictNextOrder(model, probes).probes.map((next, k) => ({ leading: leading[k], next }));
  }).flat();
  const rate = ({ diffusion, squaredNorm }: { readonly diffusion: number; readonly squaredNorm: number }): number =>
    squaredNorm > 1e-12 ? diffusion / squaredNorm : 0;
  const valueOf = (probe: (typeof predictions)[number]['leading' | 'next'], name: keyof LearningRateError) =>
    name === 'relativeDiffusion' ? rate(probe) : probe[name];
  const found = (name: keyof LearningRateError): number[] =>
    predictions.flatMap(({ leading, next }) => {
      const [value, other] = [valueOf(leading, name), valueOf(next, name)];
      if (value === null || other === null || !(value > 0)) return [];
      const difference =
        name === 'directedSpeed'
          ? Math.hypot(...leading.driftDirection.map((u, a) => u * value - next.driftDirection[a] * other))
          : Math.abs(other - value);
      return [difference / value / leading.learningRateError[name]];
    });

  it.each(['squaredNorm', 'fluctuation', 'diffusion', 'relativeDiffusion', 'directedSpeed', 'halfLife'] as const)(
    'of %s is never less than half of what the next order adds, and not much more',
    (name) => {
      const ratios = found(name).sort((a, b) => a - b);
      expect(ratios.length).toBeGreaterThan(30);
      expect(ratios[ratios.length - 1]).toBeLessThan(2);
      expect(ratios[ratios.length >> 1]).toBeGreaterThan(0.03);
    },
  );
});
