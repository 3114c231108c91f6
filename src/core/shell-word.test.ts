import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { shellPath, shellWord } from './shell-word.js';

it.each(['a b', "it's", '$(id)', '`id`', 'a;b', 'a\nb', '"', '*', '~x', 'a\\b'])(
  '%j is one word of a shell',
  (text) => {
    expect(execFileSync('sh', ['-c', `printf %s ${shellWord(text)}`], { encoding: 'utf8' })).toBe(text);
  },
);

it('leaves plain paths as they are, and makes no option of one', () => {
  expect(shellPath('runs/a-1.b')).toBe('runs/a-1.b');
  expect(shellPath('--out')).toBe('./--out');
});
