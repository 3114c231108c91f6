import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readExperiment } from './read.js';

/** The error about an experiment whose model has one more key. */
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

const root = new URL('../../../', import.meta.url);

/** Keys for each row of the table of what is not simulated, and a part of the answer. */
const keysOfRows: Readonly<Record<string, readonly (readonly [key: string, reason: string])[]>> = {
  'other activation functions': [
    ['nonlinearity', 'hidden units are linear, relu or tanh'],
    ['softplus', 'hidden units are linear, relu or tanh'],
  ],
  'convolutional or recurrent networks, biases': [
    ['deep', 'layers are fully connected, without biases'],
    ['layers', 'layers are fully connected, without biases'],
    ['recurrent', 'layers are fully connected, without biases'],
  ],
  'another learning rule': [
    ['learning_rule', 'learning is by one of the rules of docs/rules.md'],
    ['nesterov', 'learning is by one of the rules of docs/rules.md'],
    ['feedbackAlignment', 'learning is by one of the rules of docs/rules.md'],
  ],
  'a learning-rate schedule': [
    ['schedule', 'the learning rate is constant'],
    ['learningRateDecay', 'the learning rate is constant'],
    ['lrDecay', 'the learning rate is constant'],
  ],
  'another loss': [
    ['loss', 'the loss is the squared error, with weight decay'],
    ['lossFunction', 'the loss is the squared error, with weight decay'],
  ],
  'noise in activity': [
    ['activityNoise', 'label noise and synapticNoise, in the weights, are the only noise added'],
    ['dropoutRate', 'dropout is that of the rules sgd and deep'],
  ],
  'epochs of a mixture': [['epochs', 'epochs are those of a dictionary or dataset component: sampling: epochs']],
  'input that changes over time': [
    ['curriculum', 'the input distribution does not change over time'],
    ['nonstationary', 'the input distribution does not change over time'],
    ['taskSwitch', 'the input distribution does not change over time'],
  ],
  'your own recordings': [['recording', 'recordings are not part of an experiment: meander analyse reads them']],
};

describe('a key that asks for what Meander does not simulate', () => {
  it('is tried below for every row of the table in docs/scope.md', () => {
    const page = readFileSync(new URL('docs/scope.md', root), 'utf8');
    const table = page.slice(page.indexOf('## What is not simulated'), page.indexOf('A key of the experiment file'));
    const rows = Array.from(table.matchAll(/^\| ([^|]+?) +\|/gm), ([, first]) => first);
    expect(rows.filter((row) => !/^-|^you want/.test(row))).toEqual(Object.keys(keysOfRows));
  });

  it.each(Object.values(keysOfRows).flat())('%s is rejected because %s, with the page', async (key, reason) => {
    const message = await complaintAbout(key);
    expect(message).toContain(`model.${key}: unknown key: ${reason}`);
    expect(message).toMatch(/ \(docs\/scope\.md\); (expected one of rule, hiddenUnits, target|did you mean )/);
  });

  it('noise: a key for noise is suggested too', async () => {
    expect(await complaintAbout('noise')).toContain(
      'label noise and synapticNoise, in the weights, are the only noise added (docs/scope.md); did you mean synapticNoise?',
    );
  });

  it.each(['labelNoise', 'learningrate', 'gamma', 'hiddenNeurons', 'correlation'])(
    '%s is only an unknown key',
    async (key) => {
      expect(await complaintAbout(key)).toMatch(/unknown key, /);
    },
  );

  it('names a page that exists and is part of the package', () => {
    const { files } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { files: string[] };
    expect(files).toContain('docs/*.md');
    expect(existsSync(new URL('docs/scope.md', root))).toBe(true);
  });
});
