import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { exampleRecording } from '../../examples/data/make-recording.js';
import { root } from '../support/meander.js';

it('examples/data/recording.npy is what npm run recording writes', () => {
  expect(readFileSync(join(root, 'examples/data/recording.npy')).equals(exampleRecording())).toBe(true);
});
