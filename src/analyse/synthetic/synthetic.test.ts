import { expect, it } from 'vitest';
import { syntheticRecording } from './synthetic.js';

it('has directed drift of which neurons are a sample, of mean square |v|² over stimuli', () => {
  const [neurons, stimuli] = [20, 400];
  const { values } = syntheticRecording({
    ...{ neurons, stimuli, trials: 1, times: [0, 2], seed: 3 },
    ...{ strength: 1, diffusion: 0, fluctuation: 0, directedSpeed: 0.3, noise: 0 },
  });
  const cells = stimuli * neurons;
  const squares = Array.from({ length: stimuli }, (_, i) => {
    const row = (start: number): Float64Array => Float64Array.from(values.subarray(start, start + neurons));
    const [first, second] = [row(i * neurons), row(cells + i * neurons)];
    return first.reduce((sum, value, n) => sum + ((second[n] - value) / 2) ** 2, 0);
  });
  const mean = squares.reduce((sum, square) => sum + square, 0) / stimuli;
  const variance = squares.reduce((sum, square) => sum + (square - mean) ** 2, 0) / stimuli;
  // Of normal velocities: the variance of a sum of squares is 2 |v|⁴/neurons.
  expect(Math.abs(mean / 0.09 - 1)).toBeLessThan(4 * Math.sqrt(2 / cells));
  expect(Math.abs(variance / ((2 * 0.09 ** 2) / neurons) - 1)).toBeLessThan(4 * Math.sqrt(2 / stimuli));
});

it('has drift that is bounded with a memory: squared displacement D τ (1 - exp(-Δt/τ)), from the first session on', () => {
  const [neurons, stimuli] = [50, 400];
  const times = [0, 1, 4, 40];
  const { values } = syntheticRecording({
    ...{ neurons, stimuli, trials: 1, times, seed: 5, memory: 2 },
    ...{ strength: 1, diffusion: 0.3, fluctuation: 0, directedSpeed: 0, noise: 0 },
  });
  const cells = stimuli * neurons;
  for (const [a, b] of [
    [0, 1],
    [1, 2],
    [0, 3],
  ]) {
    let squared = 0;
    for (let c = 0; c < cells; c++) squared += (values[b * cells + c] - values[a * cells + c]) ** 2 / stimuli;
    const expected = 0.3 * 2 * (1 - Math.exp((times[a] - times[b]) / 2));
    expect(Math.abs(squared / expected - 1)).toBeLessThan(4 * Math.sqrt(2 / cells));
  }
});
