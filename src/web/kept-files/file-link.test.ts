import { describe, expect, it } from 'vitest';
import { presetDefaults } from '../lab/presets.js';
import { defaultView } from '../lab/url-state.js';
import { changedNumbers, fromFileHash, toFileHash, type FileLink } from './file-link.js';

const link: FileLink = {
  name: 'my rows & more.csv',
  pointIndex: 2,
  numbers: { learningRate: 0.02, seed: 7 },
  view: { ...defaultView, pace: 5000, selectedProbe: 1 },
};

describe('a link to a file of the user', () => {
  it('gives back its point, the changed numbers and the view', () => {
    expect(fromFileHash(`#${toFileHash(link)}`)).toEqual(link);
    const plain = { ...link, pointIndex: 0, numbers: {}, view: defaultView };
    expect(toFileHash(plain)).toBe('file=my+rows+%26+more.csv');
    expect(fromFileHash(toFileHash(plain))).toEqual(plain);
  });

  it('is none where no file is named, and of its first point where it names no other', () => {
    expect(fromFileHash('#preset=digits')).toBeNull();
    expect(fromFileHash('#file=a.csv&point=0')?.pointIndex).toBe(0);
  });

  it('holds what was changed since the file was opened, and nothing else', () => {
    const present = { ...presetDefaults.isotropic, learningRate: 0.02, n: 9 };
    expect(changedNumbers({ learningRate: 0.01, seed: present.seed }, present)).toEqual({ learningRate: 0.02 });
  });
});
