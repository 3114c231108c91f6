import { describe, expect, it, vi } from 'vitest';
import type { Estimates } from '#measure';
import { SupersededError } from '../prediction/client.js';
import type { SimulationSnapshot } from '../simulation/snapshot.js';
import { FrequencyCurveController } from './frequency-curve.js';
import { presetDefaults } from './presets.js';
import { reduce } from './reduce.js';
import { initialState, type LabState } from './state.js';

const ratesOf = (experiments: readonly unknown[]): Promise<number[][]> =>
  Promise.resolve(experiments.map((_, k) => [k]));

function curveOf(rates: (experiments: readonly unknown[]) => Promise<number[][]>) {
  const store = { state: { ...initialState, parameters: presetDefaults.frequency } as LabState };
  const curve = new FrequencyCurveController(
    () => store.state,
    (event) => (store.state = reduce(store.state, event)),
    { rates },
  );
  return { store, curve };
}

/** A snapshot with one probe. */
const snapshotOf = (samples: number, diffusion: number): SimulationSnapshot => {
  const probes = [{ diffusion: { value: diffusion, se: 0.5 }, squaredNorm: { value: 2, se: 0 } }];
  return { samples, estimates: { probes } as unknown as Estimates } as SimulationSnapshot;
};

describe('the curve over frequency', () => {
  it('is computed again when anything but the frequency changes', async () => {
    const rates = vi.fn(ratesOf);
    const { store, curve } = curveOf(rates);
    await curve.update();
    expect(store.state.curve?.frequencies).toHaveLength(19);
    expect(store.state.curve?.rates[18]).toEqual([18]);
    store.state = { ...store.state, parameters: { ...presetDefaults.frequency, f: 0.7 } };
    await curve.update();
    expect(rates).toHaveBeenCalledTimes(1);
    store.state = { ...store.state, parameters: { ...presetDefaults.frequency, weightDecay: 0.2 } };
    await curve.update();
    expect(rates).toHaveBeenCalledTimes(2);
  });

  it('is not computed for an input without a frequency', async () => {
    const rates = vi.fn(ratesOf);
    const { store, curve } = curveOf(rates);
    store.state = { ...store.state, parameters: presetDefaults.isotropic };
    await curve.update();
    expect(rates).not.toHaveBeenCalled();
  });

  it('is asked for again after it was superseded', async () => {
    const rates = vi.fn(ratesOf).mockRejectedValueOnce(new SupersededError('newer'));
    const { store, curve } = curveOf(rates);
    await curve.update();
    expect(store.state.curve).toBeNull();
    await curve.update();
    expect(store.state.curve?.rates).toHaveLength(19);
  });

  it('keeps the latest simulated rate D/|h|² of each frequency, from the twelfth sample on', () => {
    const { store, curve } = curveOf(ratesOf);
    curve.record(0.1, snapshotOf(11, 4));
    expect(store.state.simulatedRates.size).toBe(0);
    curve.record(0.1, snapshotOf(12, 4));
    curve.record(0.1, snapshotOf(13, 6));
    curve.record(0.2, snapshotOf(14, 8));
    expect([...store.state.simulatedRates]).toEqual([
      [0.1, [{ value: 3, se: 0.25 }]],
      [0.2, [{ value: 4, se: 0.25 }]],
    ]);
  });
});
