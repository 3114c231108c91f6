// Values that a key of an experiment file may not expect.
import type { Choices } from '../random.js';

const deep = (depth: number): unknown => (depth === 0 ? [] : [deep(depth - 1)]);

const odd: readonly (() => unknown)[] = [
  ...[-1, 0, -0, 0.5, 1, 3, 1e-300, 5e-324, 1e30, 1e31, 1e308, -1e308, 2 ** 53, 2 ** 31, NaN, Infinity, -Infinity],
  ...['', ' ', '0.1', 'auto', 'rest', 'axes', 'stimuli', 'identity', 'gaussian', 'manifold', 'f32', 'NaN', '1e999'],
  ...[
    '__proto__',
    'constructor',
    '../../../etc/passwd',
    '/dev/zero',
    '\u001b[31mred\u0007',
    'a\nb',
    '\u2028',
    '\u{1f600}',
  ],
  ...[true, false, null, [], {}, [[]], [{}], [1, 2], [[1], [1, 2]], [null], ['x']],
  ...[{ file: 'none.npy' }, { file: '' }, { file: '.' }, { file: 'a\u0000b.npy' }, { file: 1 }, { rows: [0] }],
  ...[{ rows: [-1] }, { rows: [1e9] }, { random: 0 }, { random: 1 }],
].map((value) => () => value);

const large: readonly (() => unknown)[] = [
  () => 'x'.repeat(20_000),
  () => Array.from({ length: 5000 }, () => 1),
  () => Array.from({ length: 200 }, () => [1, 0, 0]),
  () => deep(1000),
  () => Object.fromEntries(Array.from({ length: 2000 }, (_, k) => [`key${k}`, k])),
];

export const oddValue = (choices: Choices): unknown => choices.pick(choices.chance(0.05) ? large : odd)();

const oddKeys = [
  '__proto__',
  'constructor',
  'toString',
  '',
  ' ',
  'Model',
  'hidenUnits',
  'seed',
  'loss',
  'file',
  '0',
  '#',
];

export const oddKey = (choices: Choices): string => (choices.chance(0.05) ? 'k'.repeat(5000) : choices.pick(oddKeys));
