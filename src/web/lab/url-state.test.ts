import { describe, expect, it } from 'vitest';
import { InvalidInputError } from '#core';
import { presetDefaults, presets, type Preset } from './presets.js';
import { defaultViewState, fromHash, toHash } from './url-state.js';

describe('a link', () => {
  it.each(Object.keys(presets) as Preset[])('restores the defaults of the preset %s from its name alone', (preset) => {
    expect(toHash(presetDefaults[preset])).toBe(`preset=${preset}`);
    expect(fromHash(`#preset=${preset}`)).toEqual({ parameters: presetDefaults[preset], ...defaultViewState });
  });

  it('restores every parameter and the view that were written', () => {
    const parameters = {
      ...presetDefaults.frequency,
      target: 'graded',
      f: 0.35,
      learningRate: 0.0004,
      seed: 7,
    } as const;
    const view = { maxSampleRate: 5, selectedProbe: 2 };
    const hash = toHash(parameters, view);
    expect(hash).toBe('preset=frequency&target=graded&f=0.35&learningRate=0.0004&seed=7&pace=5&follow=3');
    expect(fromHash(`#${hash}`)).toEqual({ parameters, ...view });
  });

  it('does not contain numbers that the preset does not use', () => {
    expect(toHash({ ...presetDefaults.isotropic, f: 0.5, exponent: 1 })).toBe('preset=isotropic');
  });

  it('is the isotropic preset when it is empty', () => {
    expect(fromHash('')).toEqual({ parameters: presetDefaults.isotropic, ...defaultViewState });
  });

  it.each([
    ['pace=7', 'the link has pace 7, expected Infinity, 30, 5, 1'],
    ['follow=0', 'the link has follow 0, expected the number of a probe, from 1'],
    ['preset=spiral', 'the link has preset spiral, expected isotropic, power-law, frequency, dictionary, digits'],
    ['target=none', 'the link has target none, expected identity, graded'],
    ['preset=frequency&f=often', 'Frequency: found “often”, expected a number from 0 to 0.9'],
    ['n=3.5', 'Input size: found “3.5”, expected a whole number from 2 to 24'],
    ['colour=red', 'the link has colour, expected only preset, target, n, f,'],
    ['learningRate=', 'Learning rate: found nothing, expected a number from 0.0001 to 0.1'],
    ['toString=1', 'the link has toString, expected only'],
  ])('is rejected when it has %s', (hash, message) => {
    expect(() => fromHash(`#${hash}`)).toThrow(InvalidInputError);
    expect(() => fromHash(`#${hash}`)).toThrow(message);
  });
});
