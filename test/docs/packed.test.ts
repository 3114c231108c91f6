// The pages that the package brings: what README.md, --help and messages name is in it.
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from '../support/meander.js';
import { packedFiles } from '../support/package.js';

const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

/** The files that a page links to or shows, from the root of the package. */
const targetsOf = (page: string): string[] =>
  Array.from(textOf(page).matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g), ([, target]) => target)
    .filter((target) => !/^[a-z]+:/i.test(target))
    .map((target) => posix.join(posix.dirname(page), decodeURI(target)));

describe('the package', () => {
  let files: ReadonlySet<string> = new Set();
  beforeAll(async () => {
    files = new Set(await packedFiles());
  });

  it('has every file that its Markdown pages link to', () => {
    const pages = [...files].filter((file) => /^(docs\/)?[\w-]+\.md$/.test(file));
    expect(pages).toEqual(expect.arrayContaining(['README.md', 'CHANGELOG.md', 'docs/getting-started.md']));
    const dead = pages.flatMap((page) =>
      targetsOf(page).flatMap((target) => (files.has(target) ? [] : [`${page} -> ${target}`])),
    );
    expect(dead).toEqual([]);
    expect(targetsOf('README.md').length).toBeGreaterThan(25);
  });

  it('has the sources of the native kernel, and no other of src/', () => {
    const sources = readdirSync(join(root, 'src/kernel/native')).filter((file) => /\.[ch]$/.test(file));
    expect(sources.length).toBeGreaterThan(4);
    const packed = [...files].filter((file) => file.startsWith('src/'));
    expect(packed.sort()).toEqual(sources.map((file) => `src/kernel/native/${file}`).sort());
  });

  it('has every page that its help and its messages name', () => {
    const named = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .flatMap((file) => textOf(join('src', file)).match(/\bdocs\/[\w-]+\.md/g) ?? []);
    expect(named).toEqual(expect.arrayContaining(['docs/sweeps.md', 'docs/scope.md', 'docs/your-own-rule.md']));
    expect([...new Set(named)].filter((page) => !files.has(page))).toEqual([]);
  });
});
