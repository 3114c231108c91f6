// A sweep of the rule file of the tutorial.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './meander.js';
import { samplesOf } from './samples.js';

const page = await readFile(join(root, 'docs/your-own-rule.md'), 'utf8');

/** The rule of the tutorial. */
export const tutorialRule = samplesOf(page).find(({ file }) => file === 'whitening.ts')?.text ?? '';

/** The files of a sweep of it with 8 points, one task each. */
export const ownRuleSweep = (duration: number): Record<string, string> => ({
  'whitening.ts': tutorialRule,
  'sweep.yaml': `name: own
model:
  rule: { file: whitening.ts }
  outputs: 2
  input: [{ kind: gaussian, covariance: [1.5, 0.9, 0.3] }]
  learningRate: 0.01
simulation: { replicas: 4, seed: 3, burnIn: 100, lag: 20, duration: ${duration} }
sweep: { model.whitening: [0, 0.3, 0.5, 0.9], model.learningRate: [0.01, 0.005] }
`,
});
