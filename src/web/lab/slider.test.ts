import { describe, expect, it } from 'vitest';
import { fields, numberKeys, readNumber } from './fields.js';
import { presetDefaults } from './presets.js';
import { nearestStop, sliderStops } from './slider.js';

describe.each(numberKeys)('the slider of %s', (key) => {
  const stops = sliderStops(key);

  it('goes from one end of the range to the other, which a log scale rounds to two digits', () => {
    const { min, max, scale } = fields[key];
    expect([stops[0], stops.at(-1)]).toEqual([min, scale === 'log' ? Number(max.toPrecision(2)) : max]);
  });

  it('moves to a larger number, which can also be typed, at every stop', () => {
    stops.forEach((stop, k) => {
      if (k > 0) expect(stop).toBeGreaterThan(stops[k - 1]);
      expect(readNumber(key, `${stop}`)).toBe(stop);
    });
  });

  it('stands within a stop of each default', () => {
    for (const { [key]: value } of Object.values(presetDefaults)) {
      const k = nearestStop(stops, value);
      const gap = Math.max(...[k - 1, k + 1].flatMap((i) => (i in stops ? [Math.abs(stops[i] - stops[k])] : [])));
      expect(Math.abs(stops[k] - value)).toBeLessThan(gap);
    }
  });
});

it('the nearest stop is the first of two that are equally near', () => {
  expect(nearestStop([0, 1, 2], 1.5)).toBe(1);
});
