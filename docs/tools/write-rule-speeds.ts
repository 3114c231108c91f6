// npm run docs:speeds -- FILE: writes the tables and the figure of docs/performance.md that `meander bench rules --json > FILE` measured.
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { drawFigure } from '#figure';
import { figureDocument } from '#figure/node';
import type { RuleSpeeds } from '../../src/cli/bench/rules/measure.js';

const [, , file] = process.argv;
const page = 'docs/performance.md';
const { rules } = JSON.parse(readFileSync(file, 'utf8')) as { readonly rules: readonly RuleSpeeds[] };

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map((_, k) => (k === 0 ? '---' : '--:')), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const text = (value: number): string => (value < 10 ? value.toPrecision(2) : value.toFixed(0));
const labels: Readonly<Record<string, string>> = {
  sgd: 'two-layer SGD',
  oja: 'Oja',
  sanger: 'Sanger',
  similarityMatching: 'similarity matching',
  maskedSimilarityMatching: 'masked similarity matching',
  deepLinear: 'deep linear',
};
const caseOf = ({ rule, n, k }: RuleSpeeds): string => `${labels[rule] ?? rule}, ${n}, ${k}`;
const names = [...new Set(rules.flatMap(({ results }) => results.map(({ name }) => name)))];
type Speed = RuleSpeeds['results'][number];
const rows = (contenders: readonly string[], cell: (speed: Speed) => string | undefined): string[][] =>
  rules.map((speeds) => [
    caseOf(speeds),
    ...contenders.map((name) => {
      const speed = speeds.results.find((candidate) => candidate.name === name);
      return (speed && cell(speed)) ?? '';
    }),
  ]);
const ratios = (of: (speed: Speed) => number | null): string[][] =>
  rows(names.slice(1), (speed) => of(speed)?.toFixed(2));

const tables = [
  table(
    ['rule, n, k', ...names],
    rows(names, ({ best }) => text(best)),
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
// Without those that are alike: fixed sizes are the faster Numba, and the readable step is off the scale.
const drawn = names.filter((name) => name !== 'readable' && name !== 'Numba');
const panels = [...new Set(rules.map(({ rule }) => rule))].map((rule) => ({
  title: labels[rule] ?? rule,
  x: { label: 'inputs n', scale: 'log' as const },
  y: { label: 'weight updates per second', scale: 'log' as const },
  theory: drawn.flatMap((series) => {
    const points = rules.flatMap((speeds) => {
      const speed = speeds.rule === rule && speeds.results.find(({ name }) => name === series);
      return speed ? [{ x: speeds.n, y: 1e6 * speed.best * speeds.weights }] : [];
    });
    return points.length > 0 ? [{ series, points }] : [];
  }),
  simulation: [],
}));
writeFileSync(
  'docs/figures/speed-and-size.svg',
  drawFigure({ kind: 'comparison', panels }, figureDocument(), {
    width: 900,
    title: 'Weight updates per second against the number of inputs',
  }),
);
writeFileSync(page, await format(written, { ...(await resolveConfig(page)), parser: 'markdown' }));
