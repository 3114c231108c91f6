import { readFileSync } from 'node:fs';
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
