// npm run docs:speeds -- FILE: writes the tables of docs/performance.md that `meander bench rules --json > FILE` measured.
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import type { RuleSpeeds } from '../../src/cli/bench/rules/measure.js';

const [, , file] = process.argv;
const page = 'docs/performance.md';
const { rules } = JSON.parse(readFileSync(file, 'utf8')) as { readonly rules: readonly RuleSpeeds[] };

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map((_, k) => (k === 0 ? '---' : '--:')), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const text = (value: number): string => (value < 10 ? value.toPrecision(2) : value.toFixed(0));
const labels: Readonly<Record<string, string>> = {
  oja: 'Oja',
  sanger: 'Sanger',
  similarityMatching: 'similarity matching',
  maskedSimilarityMatching: 'masked similarity matching',
  deepLinear: 'deep linear',
};
const caseOf = ({ rule, n, k }: RuleSpeeds): string => `${labels[rule] ?? rule}, ${n}, ${k}`;
const names = rules[0].results.map(({ name }) => name);
const ratios = (of: (speed: RuleSpeeds['results'][number]) => number | null): string[][] =>
  rules.map((speeds) => [caseOf(speeds), ...speeds.results.slice(1).map((speed) => of(speed)?.toFixed(2) ?? '')]);

const tables = [
  table(
    ['rule, n, k', ...names],
    rules.map((speeds) => [caseOf(speeds), ...speeds.results.map(({ best }) => text(best))]),
  ),
  'Median ratio WebAssembly / contender:',
  table(
    ['rule, n, k', ...names.slice(1)],
    ratios(({ wasmRatio }) => wasmRatio),
  ),
  ...(names.some((name) => name.startsWith('native'))
    ? [
        'Median ratio native / contender:',
        table(
          ['rule, n, k', ...names.slice(1)],
          ratios(({ nativeRatio }) => nativeRatio),
        ),
      ]
    : []),
].join('\n\n');

const [begin, end] = ['<!-- speeds of rules -->', '<!-- end of the speeds of rules -->'];
const before = readFileSync(page, 'utf8');
const [first, last] = [before.indexOf(begin) + begin.length, before.indexOf(end)];
const written = `${before.slice(0, first)}\n\n${tables}\n\n${before.slice(last)}`;
writeFileSync(page, await format(written, { ...(await resolveConfig(page)), parser: 'markdown' }));
