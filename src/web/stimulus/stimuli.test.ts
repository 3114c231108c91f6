import { describe, expect, it } from 'vitest';
import { namesOf, shortened } from './stimuli.js';

describe('the names of probes', () => {
  it('are their labels, or their numbers', () => {
    expect(namesOf([{ label: 'frequent' }, {}])).toEqual(['frequent', 'probe 2']);
  });

  it('are shorter on an axis that names the word which all share', () => {
    expect(shortened(['digit 0', 'digit 1'])).toEqual({ word: 'digit', short: ['0', '1'] });
    expect(shortened(namesOf([{}, {}]))).toEqual({ word: 'probe', short: ['1', '2'] });
    expect(shortened(['stimulus', 'axis 4'])).toEqual({ word: 'probe', short: ['stimulus', 'axis 4'] });
    expect(shortened(['red', 'green'])).toEqual({ word: 'probe', short: ['red', 'green'] });
  });
});
