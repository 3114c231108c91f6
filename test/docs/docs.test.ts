// The documentation is complete: generated parts are current, links and named files exist, the site builds.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { current, generated } from '../../docs/tools/experiment-reference.js';
import { FORMAT } from '../../src/store/container/container.node.js';
import { RUN_FORMAT } from '../../src/store/run-directory/manifest.node.js';
import { root } from '../support/meander.js';

const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('the reference of the experiment file', () => {
  it.each(generated)('%s is what the schema says (else: npm run docs:reference)', async (path) => {
    expect(textOf(path)).toBe(await current(path));
  });

  const schema = z.fromJSONSchema(
    JSON.parse(textOf('examples/experiment.schema.json')) as z.core.JSONSchema.JSONSchema,
  );
  const examples = readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.yaml'));

  it.each(examples)('examples/%s names the JSON Schema, which accepts it', (name) => {
    const text = textOf(`examples/${name}`);
    expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=experiment.schema.json');
    expect(schema.safeParse(parse(text)).error).toBeUndefined();
  });

  it.each([
    ['a mistyped key', /learningRate:/, 'learningrate:'],
    ['a number out of range', /weightDecay: 0.1/, 'weightDecay: -0.1'],
    ['an unknown kind of input', /kind: gaussian/, 'kind: uniform'],
  ])('the JSON Schema rejects %s', (_, right, wrong) => {
    const text = textOf('examples/gaussian.yaml');
    expect(text).toMatch(right);
    expect(schema.safeParse(parse(text.replace(right, wrong))).success).toBe(false);
  });
});

const pages = readdirSync(join(root, 'docs'))
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/${name}`);

/** The anchor of a heading, as code hosts and the site make it. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replace(/\s+/g, '-');

describe.each(['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', ...pages])('%s', (page) => {
  it('has links that lead to a file, and to a heading in it', () => {
    const text = textOf(page).replace(/^```[^]*?^```$/gm, '');
    const dead = Array.from(text.matchAll(/\]\(([^)\s]+)\)/g), ([, target]) => target).filter((target) => {
      if (/^[a-z]+:/.test(target)) return false;
      const [path, heading] = target.split('#') as [string, string?];
      const file = path === '' ? join(root, page) : resolve(root, dirname(page), path);
      if (!existsSync(file)) return true;
      if (heading === undefined) return false;
      return !readFileSync(file, 'utf8')
        .split('\n')
        .some((line) => line.startsWith('#') && anchor(line.replace(/^#+/, '')) === heading);
    });
    expect(dead).toEqual([]);
  });
});

it('docs/index.md links to every page', () => {
  const linked = Array.from(textOf('docs/index.md').matchAll(/\]\(([a-z-]+\.md)\)/g), ([, name]) => `docs/${name}`);
  expect([...linked, 'docs/index.md'].sort()).toEqual([...pages].sort());
});

describe.each(['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', ...pages])('%s', (page) => {
  it('names files of the repository that exist', () => {
    const named = Array.from(
      textOf(page).matchAll(/`((?:src|test|bench|docs\/tools|examples|presets)\/[\w./-]*)`/g),
      ([, path]) => path,
    );
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

it('docs/run-directory.md names the formats of the manifest and of the binary files', () => {
  const page = textOf('docs/run-directory.md').replace(/\s+/g, ' ');
  expect(/\*\*manifest\.json\*\* contains the format \((\d+)\)/.exec(page)?.[1]).toBe(String(RUN_FORMAT));
  expect(/8 bytes `MEANDER\\n`, u32 format (\d+)/.exec(page)?.[1]).toBe(String(FORMAT));
});

/** Builds the site and returns its exit code and output. VitePress rejects links to pages that do not exist. */
async function build(): Promise<{ code: number | null; output: string }> {
  const child = spawn('npm', ['run', '--silent', 'docs'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

describe('the site', () => {
  it('is built, with a page for every source, the formulas set and the library explained', async () => {
    const { code, output } = await build();
    expect(code, output).toBe(0);
    const site = 'docs/.vitepress/dist';
    for (const page of pages) {
      const html = textOf(page.replace('docs', site).replace('.md', '.html'));
      expect(html).not.toContain('katex-error');
      const displayed = textOf(page).match(/^\$\$$/gm)?.length ?? 0;
      expect(html.match(/class="katex-display"/g)?.length ?? 0).toBe(displayed / 2);
    }
    const library = textOf(`${site}/api/meander-drift.html`);
    expect(Array.from(library.matchAll(/<h3 id="(\w+)/g), ([, name]) => name).slice(0, 5)).toEqual([
      'prepare',
      'readexperiment',
      'runexperiment',
      'theoryreport',
      'withlocalpool',
    ]);
    expect(library).toContain('id="predict"');
    for (const [entry, name] of [
      ['runs', 'sweepinto'],
      ['figures', 'drawfigure'],
      ['figures/node', 'svgtopng'],
    ]) {
      expect(textOf(`${site}/api/meander-drift/${entry}.html`)).toContain(`id="${name}"`);
    }
    for (const file of ['examples/claims-map.yaml', 'examples/experiment.schema.json', 'figures/claims-map.csv']) {
      expect(existsSync(join(root, site, file)), file).toBe(true);
    }
  });
});
