import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readExperiment } from './read.js';

/** What is said of an experiment whose model has one more key. */
async function complaintAbout(key: string): Promise<string> {
  const model = {
    hiddenUnits: 2,
    input: [{ kind: 'gaussian', covariance: [1] }],
    learningRate: 0.01,
    weightDecay: 0.1,
  };
  const outcome = await readExperiment(JSON.stringify({ model: { ...model, [key]: 1 } })).catch(
    (error: unknown) => error,
  );
  return outcome instanceof Error ? outcome.message : 'accepted';
}

describe('a key that asks for what Meander does not simulate', () => {
  it.each([
    ['activation', 'the network is linear, without activation functions'],
    ['learning_rule', 'learning is plain stochastic gradient descent'],
    ['momentum', 'learning is plain stochastic gradient descent'],
    ['dropout', 'there is no dropout'],
    ['synapticNoise', 'label noise is the only noise added'],
    ['epochs', 'learning is online, every step draws new samples'],
    ['recording', 'recordings are not analysed'],
  ])('%s is answered with the reason, the page, and the keys there are', async (key, reason) => {
    expect(await complaintAbout(key)).toContain(`model.${key}: unknown key: ${reason} (docs/scope.md); `);
    expect(await complaintAbout('activation')).toContain('expected one of hiddenUnits, target');
  });

  it('noise is answered with the key of the label noise too', async () => {
    expect(await complaintAbout('noise')).toContain(
      'label noise is the only noise added (docs/scope.md); did you mean labelNoiseVariance?',
    );
  });

  it.each(['labelNoise', 'learningrate', 'gamma'])('%s, which asks for nothing else, is not', async (key) => {
    expect(await complaintAbout(key)).toMatch(/unknown key, /);
  });

  it('names a page that exists and is part of the package', () => {
    const root = new URL('../../../', import.meta.url);
    const { files } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { files: string[] };
    expect(files).toContain('docs/scope.md');
    expect(existsSync(new URL('docs/scope.md', root))).toBe(true);
  });
});
