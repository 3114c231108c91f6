import { describe, expect, it } from 'vitest';
import { commandLine, filesNamedIn } from './command-line.js';
import { fileName } from './names.js';

const experiment = {
  model: { input: [{ kind: 'dataset', file: 'examples/data/digits.npy' }], target: { file: "tables/mine's.npy" } },
  probes: { file: 'examples/data/digits-class-means.npy', labels: ['0'] },
};
const downloads = {
  'digits.npy': 'http://127.0.0.1:8642/assets/d-1.npy',
  'digits-class-means.npy': 'http://h/m.npy?a&b',
};

describe('the command line of an experiment', () => {
  it('fetches the data of the page, names data of the user, and runs the file, with the program that is given', () => {
    const text = `model: ${JSON.stringify(experiment.model)}\nprobes: ${JSON.stringify(experiment.probes)}\n`;
    const file = 'digits-seed1.yaml';
    expect(commandLine({ experiment, text, file, program: 'npx meander', downloads })).toBe(
      `curl -fsSLo digits.npy http://127.0.0.1:8642/assets/d-1.npy
curl -fsSLo digits-class-means.npy 'http://h/m.npy?a&b'
cat > digits-seed1.yaml <<'END'
# Needs tables/mine's.npy, a file of yours: put it there, seen from the directory of this file.
model: {"input":[{"kind":"dataset","file":"digits.npy"}],"target":{"file":"tables/mine's.npy"}}
probes: {"file":"digits-class-means.npy","labels":["0"]}
END
npx meander run digits-seed1.yaml
`,
    );
  });

  it('fetches nothing for an experiment without data', () => {
    const file = 'my file.yaml';
    expect(commandLine({ experiment: {}, text: 'a: 1\n', file, program: 'm', downloads })).toBe(
      `cat > 'my file.yaml' <<'END'\na: 1\nEND\nm run 'my file.yaml'\n`,
    );
  });
});

it('the data files of an experiment are found wherever it names them, each once', () => {
  expect(filesNamedIn({ a: [{ file: 'x.npy' }, { b: { file: 'y.csv' } }], c: { file: 'x.npy' }, file: 3 })).toEqual([
    'x.npy',
    'y.csv',
  ]);
});

it('files are named after experiment, seed and view', () => {
  expect(fileName('power-law', 1, 'probes')).toBe('power-law-seed1-probes');
  expect(fileName('../My “best” run!', 23)).toBe('My-best-run-seed23');
  expect(fileName('ψ', 4)).toBe('experiment-seed4');
});
