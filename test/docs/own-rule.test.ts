import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { plainAlgebra } from '#linalg';
import { ruleEntry } from '#model';

const page = readFileSync(new URL('../../docs/your-own-rule.md', import.meta.url), 'utf8');
const rows = page.split('\n').filter((line) => line.startsWith('|'));
const isListed = (name: string): boolean => rows.some((row) => new RegExp(`\`${name}\\(`).test(row));

it('docs/your-own-rule.md lists every operation of the algebra, and every function of matrices that a rule file imports', () => {
  const parameters = ['defineRule', 'integer', 'list', 'matrix', 'number'];
  const functions = Object.keys(ruleEntry).filter((name) => !parameters.includes(name));
  expect([...Object.keys(plainAlgebra), ...functions].filter((name) => !isListed(name))).toEqual([]);
  for (const name of parameters) expect(page).toContain(`\`${name}\``);
});
