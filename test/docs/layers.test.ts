import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOfLayers } from '../../docs/tools/layer-imports.js';
import { draw, picture } from '../../docs/tools/layers.js';
import { root } from '../support/meander.js';

describe('the picture of the layers', () => {
  it('shows the present imports (else: npm run graph)', async () => {
    expect(readFileSync(join(root, picture), 'utf8')).toBe(await draw(await importsOfLayers()));
  });

  it('has an arrow for each import that no other implies, and names the others', async () => {
    const svg = await draw(
      new Map([
        ['a', []],
        ['b', ['a']],
        ['c', ['a', 'b']],
      ]),
    );
    expect(svg.match(/<path marker-end/g)).toHaveLength(2);
    expect(
      svg
        .match(/<text class="layer"[^>]*>[^<]+/g)
        ?.map((text) => text.at(-1))
        .sort(),
    ).toEqual(['a', 'b', 'c']);
    expect(svg.match(/\+ [^<]+/g)).toEqual(['+ a']);
  });
});

interface ImportRule {
  readonly name: string;
  readonly to: { readonly pathNot?: string | readonly string[] };
}

describe('the table of layers in ARCHITECTURE.md', () => {
  const { forbidden } = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as {
    readonly forbidden: readonly ImportRule[];
  };
  const rules = forbidden.flatMap(({ name, to }): [string, string[]][] => {
    const layer = /^(\w+)-imports-only-/.exec(name)?.[1];
    if (layer === undefined) return [];
    const allowed = [to.pathNot ?? []].flat().flatMap((path) => /^\^src\/(\w+)\/index/.exec(path)?.[1] ?? []);
    return [[layer, allowed.sort()]];
  });

  it('says for each layer which others the import rules allow it', () => {
    const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
    const rows = Array.from(text.matchAll(/^\| `(\w+)` +\|[^|]*\| ([^|]+?) +\|$/gm), ([, layer, allowed]) => ({
      layer,
      allowed,
    })).filter(({ layer }) => layer !== 'cli' && layer !== 'web');
    const table = rows.map(({ layer, allowed }, k) => {
      if (allowed === 'all above') return [layer, rows.slice(0, k).map((row) => row.layer)] as const;
      return [layer, allowed === 'nothing' ? [] : allowed.split(', ')] as const;
    });
    expect(rules.length).toBeGreaterThan(10);
    expect(Object.fromEntries(table.map(([layer, allowed]) => [layer, [...allowed].sort()]))).toEqual(
      Object.fromEntries(rules),
    );
  });
});
