import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { prepare, readExperiment } from '#experiment';
import { experimentText } from '../lab/experiment-file.js';
import { presetExperiment } from '../lab/preset-experiment.js';
import { presetDefaults, presets, type Preset } from '../lab/presets.js';
import type { LabPoint } from '../prediction/messages.js';
import { longestHalfLife, nearestPace, paces, paceText, stepsPerSecond } from './pace.js';

const root = new URL('../../../', import.meta.url);
const read = async (file: string): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await readFile(new URL(file, root)));

/** The prediction for a preset, as the page has it. */
async function pointOf(preset: Preset): Promise<LabPoint> {
  const experiment = await readExperiment(experimentText(presetExperiment(presetDefaults[preset])), {
    name: preset,
    read,
  });
  const [{ prediction }] = prepare(experiment);
  return prediction as unknown as LabPoint;
}

describe('the time-lapse', () => {
  it.each(Object.keys(presets) as Preset[])(
    'lets every code of %s lose half of its correlation within a minute',
    async (preset) => {
      const point = await pointOf(preset);
      const life = longestHalfLife(point);
      expect(life).toBeGreaterThan(0);
      const seconds = (life ?? NaN) / stepsPerSecond('auto', point);
      expect(seconds).toBeLessThan(15);
      expect(seconds).toBeGreaterThan(4);
    },
  );

  it('goes from a thousand to ten thousand million steps a second, by 1, 2, 5', () => {
    expect(paces[0]).toBe(1e3);
    expect(paces.at(-1)).toBe(1e10);
    expect(paces.slice(0, 4)).toEqual([1e3, 2e3, 5e3, 1e4]);
    expect([0, 1400, 1500, 1e20].map(nearestPace)).toEqual([1e3, 1e3, 2e3, 1e10]);
    expect(paceText(2e5)).toBe('1 second is 2×10⁵ steps');
  });

  it('goes with the networks where no code turns, or where it is asked for', () => {
    const still = { probes: [{ halfLife: null }] } as unknown as LabPoint;
    expect(stepsPerSecond('auto', still)).toBe(Infinity);
    expect(stepsPerSecond('auto', null)).toBe(Infinity);
    expect(stepsPerSecond('network', still)).toBe(Infinity);
    expect(stepsPerSecond(5000, still)).toBe(5000);
  });
});
