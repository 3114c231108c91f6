import { readFileSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readExperiment } from '#experiment';
import { inDirectory } from '../support/directory.js';
import { meander } from '../support/meander.js';

interface Case {
  readonly name: string;
  readonly members?: Readonly<Record<string, string | null>>;
  readonly text?: string;
  readonly lines?: Readonly<Record<string, string>>;
  /** LINE:COLUMN: key, that of the rule unless given. */
  readonly at?: string;
  readonly says: string;
}

interface Fixture {
  readonly experiment: string;
  readonly members: Readonly<Record<string, string>>;
  readonly cases: readonly Case[];
}

const fixture = parse(readFileSync(new URL('../fixtures/bad-rules.yaml', import.meta.url), 'utf8')) as Fixture;

const IMPORTS = 'defineRule, fromRows, identity, integer, list, matrix, number, zeros';

const ruleText = (changed: Case['members'] = {}): string => {
  const members = Object.entries({ ...fixture.members, ...changed }).filter(([, code]) => code !== null);
  const lines = members.map(([name, code]) => `  ${name}: ${code ?? ''},\n`);
  return `import { ${IMPORTS} } from 'meander-drift/rule';\nexport default defineRule({\n${lines.join('')}});\n`;
};

function experimentText(lines: Case['lines'] = {}): string {
  const result = fixture.experiment.split('\n');
  for (const [number, line] of Object.entries(lines)) result[Number(number) - 1] = line;
  return result.join('\n');
}

const theoryOf = (experiment: string, rule: string): ReturnType<typeof meander> =>
  inDirectory({ 'own.yaml': experiment, 'rule.ts': rule, 'bytes.ts': Uint8Array.of(255, 254) }, async (directory) => {
    await mkdir(join(directory, 'folder.ts'));
    await symlink('/dev/zero', join(directory, 'endless.ts'));
    return meander(['theory', 'own.yaml'], directory);
  });

describe('a rule file', () => {
  it('that is right makes a prediction', async () => {
    const { code, stdout, stderr } = await theoryOf(experimentText(), ruleText());
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('2 learned modes');
  });

  it('is equivariant where the step for an input is rounding alone', async () => {
    const update = `({ multiply, transpose, add, subtract }, _, [w], { input: x }) => {
      const y = multiply(w, x);
      const zero = subtract(multiply(w, transpose(w), w), multiply(w, multiply(transpose(w), w)));
      return [add(subtract(multiply(y, transpose(x)), multiply(y, transpose(y), w)), zero)];
    }`;
    const { code, stderr } = await theoryOf(experimentText(), ruleText({ update }));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it.each(fixture.cases)(
    'is refused in one line with exit code 2: $name',
    async ({ members, text, lines, at, says }) => {
      const { code, stdout, stderr } = await theoryOf(experimentText(lines), text ?? ruleText(members));
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      const parts = `own.yaml:${at ?? '3:9: model.rule'}: ${says}`.split('...');
      const pattern = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*');
      expect(stderr).toMatch(new RegExp(`^${pattern}\n$`));
    },
  );

  it('is not run where an experiment is read without consent to run it', async () => {
    await expect(readExperiment(experimentText())).rejects.toThrow(
      'experiment:3:9: model.rule: rule.ts: a rule file is a program, which runs on the command line only: meander theory FILE, meander run FILE',
    );
  });
});
