import { InvalidInputError, type KeyPath } from '#core';
import { describe, expect, it } from 'vitest';
import { ExperimentDocument } from './document.js';
import { KeyError } from './source.js';

const text = `# a comment
name: here
model:
  target:
    - [1, 0]
    - [0, 1]
  shared: &shared { weight: 1 }
  input:
    - kind: point
      stimulus:
        [1, 2]
    - *shared
  empty:
sweep: { model.learningRate: [0.1, 0.2] }
`;

const document = new ExperimentDocument('file.yaml', text);

const place = (path: KeyPath, ErrorType: typeof InvalidInputError = InvalidInputError): string =>
  document.locate(new ErrorType('wrong', path)).message;

describe('locate', () => {
  it.each([
    ['a value beside its key', ['name'], '2:7: name'],
    ['a value below its key: the line of the key', ['model', 'target'], '4:3: model.target'],
    ['an item', ['model', 'target', 1], '6:7: model.target[1]'],
    ['an item of an item', ['model', 'target', 1, 0], '6:8: model.target[1][0]'],
    ['a value on the line below', ['model', 'input', 0, 'stimulus'], '10:7: model.input[0].stimulus'],
    ['inside an alias: where it is written', ['model', 'input', 1, 'weight'], '7:29: model.input[1].weight'],
    ['an alias itself', ['model', 'input', 1], '12:7: model.input[1]'],
    ['nothing', ['model', 'empty'], '13:9: model.empty'],
    ['a key with dots', ['sweep', 'model.learningRate', 1], '14:36: sweep.model.learningRate[1]'],
    ['a missing key: what should hold it', ['model', 'weightDecay'], '3:1: model.weightDecay'],
    ['a missing item', ['model', 'target', 5, 1], '4:3: model.target[5][1]'],
    ['a missing section', ['simulation', 'seed'], '2:1: simulation.seed'],
  ])('%s', (_, path, expected) => {
    expect(place(path)).toBe(`file.yaml:${expected}: wrong`);
  });

  it('the whole file has no key', () => {
    expect(place([])).toBe('file.yaml:2:1: wrong');
  });

  it('gives the position of a wrong key rather than of its value', () => {
    expect(place(['name'], KeyError)).toBe('file.yaml:2:1: name: wrong');
    expect(place(['sweep', 'model.learningRate'], KeyError)).toBe('file.yaml:14:10: sweep.model.learningRate: wrong');
  });

  it('locates only once', () => {
    const located = document.locate(new InvalidInputError('wrong', ['name']));
    expect(document.locate(located)).toBe(located);
  });

  it('counts lines that end as on Windows', () => {
    const windows = new ExperimentDocument('w.yaml', 'a: 1\r\nb: 2\r\n');
    expect(windows.locate(new InvalidInputError('wrong', ['b'])).message).toBe('w.yaml:2:4: b: wrong');
  });
});

describe('toJS', () => {
  it('resolves aliases', () => {
    expect(new ExperimentDocument('a.yaml', 'a: &x [1]\nb: *x\n').toJS()).toEqual({ a: [1], b: [1] });
  });

  it('reads JSON', () => {
    expect(new ExperimentDocument('a.json', '{"a": [1, 2.5e-3, "x", null, true]}').toJS()).toEqual({
      a: [1, 0.0025, 'x', null, true],
    });
  });

  it('looks aliases up in time that grows as their number', () => {
    const began = performance.now();
    new ExperimentDocument('x.yaml', `a: &a 1\nb: [${'*a, '.repeat(20_000)}]\n`);
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it('rejects aliases that multiply without bounds', () => {
    const levels = Array.from({ length: 9 }, (_, i) => `k${i + 1}: &k${i + 1} [${`*k${i}, `.repeat(9)}]`);
    const bomb = new ExperimentDocument('bomb.yaml', ['k0: &k0 [1]', ...levels].join('\n'));
    expect(() => bomb.toJS()).toThrow(/^bomb\.yaml:1:1: not valid YAML: /);
  });
});

describe('syntax errors', () => {
  it.each([
    ['an open list', 'a: [1, 2\nb: 3\n', 'x.yaml:2:1: not valid YAML: '],
    ['an open quote', 'a: "x\n', 'x.yaml:2:1: not valid YAML: '],
    ['a list beside a map', 'a: 1\n- 2\n', 'x.yaml:2:1: not valid YAML: '],
    ['an unknown tag', 'a: !what 1\n', 'x.yaml:1:4: not valid YAML: Unresolved tag: !what'],
    ['a missing anchor', 'a: [*b]\n', 'x.yaml:1:5: not valid YAML: *b has no anchor &b before it'],
    ['a key twice', 'a:\n  - b: 1\n    b: 2\n', 'x.yaml:3:5: a[0].b: appears twice, expected each key once'],
    ['deep nesting', '['.repeat(1000), 'x.yaml:1:'],
  ])('%s', (_, wrong, says) => {
    expect(() => new ExperimentDocument('x.yaml', wrong)).toThrow(says);
    expect(() => new ExperimentDocument('x.yaml', wrong)).toThrow(InvalidInputError);
  });
});
