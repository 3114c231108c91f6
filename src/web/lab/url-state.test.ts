import { describe, expect, it } from 'vitest';
import { presetDefaults, presets, type Preset } from './presets.js';
import { defaultView, fromHash, toHash } from './url-state.js';

describe('a link', () => {
  it.each(Object.keys(presets) as Preset[])('restores the defaults of the preset %s from its name alone', (preset) => {
    expect(toHash(presetDefaults[preset])).toBe(`preset=${preset}`);
    expect(fromHash(`#preset=${preset}`)).toEqual({ parameters: presetDefaults[preset], view: defaultView, notes: [] });
  });

  it('restores every parameter and the view that were written', () => {
    const parameters = {
      ...presetDefaults.frequency,
      target: 'graded',
      f: 0.35,
      learningRate: 0.0004,
      seed: 7,
    } as const;
    const camera = { azimuth: -1.5, elevation: 0.25, zoom: 2 };
    const view = { pace: 5e6, selectedProbe: 2, camera, tab: 'recordings', tourStep: 3 } as const;
    const hash = toHash(parameters, view);
    expect(hash).toBe(
      'preset=frequency&target=graded&f=0.35&learningRate=0.0004&seed=7&pace=5000000&follow=3&camera=-1.50+0.25+2.00&tab=recordings&tour=4',
    );
    expect(fromHash(`#${hash}`)).toEqual({ parameters, view, notes: [] });
  });

  it('does not contain numbers that the preset does not use', () => {
    expect(toHash({ ...presetDefaults.isotropic, f: 0.5, exponent: 1 })).toBe('preset=isotropic');
  });

  it('is the preset that turns in seconds when it is empty', () => {
    expect(fromHash('')).toEqual({ parameters: presetDefaults.turning, view: defaultView, notes: [] });
  });

  it.each([
    ['preset=frequency&f=0.95', { f: 0.9 }, 'Frequency: found “0.95”, expected a number from 0 to 0.9; 0.9 is shown.'],
    ['n=1000', { n: 24 }, '24 is shown'],
    ['n=3.5', { n: 4 }, 'Input size: found “3.5”, expected a whole number from 2 to 24; 4 is shown.'],
    ['preset=frequency&f=often', { f: 0.3 }, 'Frequency: found “often”, expected a number from 0 to 0.9; the default'],
    ['learningRate=', { learningRate: 0.03 }, 'found nothing, expected a number from 0.0001 to 0.1; the default'],
    ['preset=spiral&n=5', { preset: 'turning', n: 5 }, 'The link has preset spiral, expected turning, isotropic,'],
    ['target=none', { target: 'identity' }, 'The link has target none, expected identity, graded.'],
    ['colour=red', {}, 'The link has colour, which this page does not know.'],
    ['toString=1', {}, 'The link has toString, which'],
  ])('with %s shows what is nearest, with a note', (hash, parameters, note) => {
    const followed = fromHash(`#${hash}`);
    expect(followed.parameters).toMatchObject(parameters);
    expect(followed.notes).toEqual([expect.stringContaining(note)]);
  });

  it.each([
    ['pace=5', 'The link has pace 5, expected a number from 1e3 to 1e10, network, or auto.'],
    ['follow=0', 'The link has follow 0, expected a number from 1.'],
    ['tour=x', 'The link has tour x, expected a number from 1.'],
    ['camera=1+2', 'The link has a camera that looks from nowhere'],
    ['tab=attic', 'The link has tab attic, expected measured, runs, recordings.'],
  ])('with %s shows the usual view, with a note', (hash, note) => {
    const { view, notes } = fromHash(`#${hash}`);
    expect({ ...view, tourStep: null }).toEqual(defaultView);
    expect(notes).toEqual([expect.stringContaining(note)]);
  });
});
