// Names and keys in files of others reach the terminal as text, and suggested commands run as they stand.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { meander } from '../support/meander.js';
import { inDirectory } from '../support/directory.js';

const experiment = (name: string): string =>
  `name: "${name}"
model: { hiddenUnits: 2, target: identity, learningRate: 0.01, weightDecay: 0.1,
  input: [{ kind: gaussian, covariance: [1, 0.9, 0.8] }] }
`;
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/;

it('prints the name of an experiment without its terminal sequences, as text and as JSON', async () => {
  await inDirectory({ 'e.yaml': experiment('\\e]0;title\\a\\e[2J\\x9b1A\\u202e') }, async (directory) => {
    for (const json of [[], ['--json']]) {
      const { code, stdout } = await meander(['theory', 'e.yaml', ...json], directory);
      expect(code).toBe(0);
      expect(stdout).toContain('\\u001b]0;title\\u0007\\u001b[2J\\u009b1A\\u202e');
      expect(stdout).not.toMatch(controls);
    }
  });
});

it('prints an unknown key without its terminal sequences, and a long one shortened', async () => {
  const files = { 'e.yaml': `"\\e[2J\\e[31m": 1\n`, 'long.yaml': `? "${'x'.repeat(10_000)}"\n: 1\n` };
  await inDirectory(files, async (directory) => {
    const { code, stderr } = await meander(['theory', 'e.yaml'], directory);
    expect(code).toBe(2);
    expect(stderr).toContain('\\u001b[2J');
    expect(stderr).not.toMatch(controls);
    const long = await meander(['theory', 'long.yaml'], directory);
    expect(long.code).toBe(2);
    expect(long.stderr.length).toBeLessThan(1100);
    expect(long.stderr).toContain('characters left out');
  });
});

it('quotes the paths of commands that it suggests', async () => {
  await inDirectory({ 'e.yaml': experiment('e') }, async (directory) => {
    const name = "my runs; touch 'x'";
    await mkdir(join(directory, name));
    await writeFile(join(directory, name, 'manifest.json'), '{}');
    const { code, stderr } = await meander(
      ['sweep', 'e.yaml', '--executor', 'slurm', '--dry-run', '--out', name],
      directory,
    );
    expect(code).toBe(2);
    expect(stderr).toContain(`meander resume 'my runs; touch '\\''x'\\''' submits`);
  });
});
