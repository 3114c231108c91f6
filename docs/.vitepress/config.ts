import { katex, type MarkdownItKatexOptions } from '@mdit/plugin-katex';
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type MarkdownRenderer } from 'vitepress';
import { repositoryLinks, served } from './links.js';
import { sections } from './sections.js';

const docs = fileURLToPath(new URL('..', import.meta.url));
const root = join(docs, '..');

const listed = new Set(sections.flatMap(({ items }) => items.map(({ link }) => link)));
for (const file of readdirSync(docs).filter((name) => name.endsWith('.md') && name !== 'index.md')) {
  if (!listed.has(`/${file.replace('.md', '')}`)) throw new Error(`docs/${file} is not in the sidebar of the site`);
}

/** The plugin and VitePress name two declarations of one markdown-it. */
const formulas = katex as unknown as (md: MarkdownRenderer, options: MarkdownItKatexOptions) => void;

/** The HTML of a formula; its braces are no template of Vue. Throws when KaTeX could not read the formula. */
function asFormula(html: string): string {
  if (html.includes('katex-error')) throw new Error(`not a formula: ${html}`);
  return html.replace(/^<(\w+) /, '<$1 v-pre ');
}

/** The path that the site is served from: / unless the environment says another, as for the pages of a project. */
const base = process.env.DOCS_BASE ?? '/';

export default defineConfig({
  base,
  title: 'Meander',
  description: 'A laboratory for representational drift: simulate, predict, compare.',
  srcExclude: ['tools/**'],

  markdown: {
    config: (md) => {
      formulas(md, { transformer: asFormula });
      repositoryLinks(md, root, base);
    },
  },
  themeConfig: {
    sidebar: sections.map(({ text, items }) => ({ text, items: [...items] })),
    search: { provider: 'local' },
    outline: [2, 3],
    footer: {
      message:
        'The theory of F. Pashakhanloo and A. Koulakov, Stochastic Gradient Descent-Induced Drift of Representation in a ' +
        'Two-Layer Neural Network, ICML 2023, and what goes beyond it.',
    },
  },
  buildEnd: ({ outDir }) => {
    for (const folder of [...served, 'docs/figures']) {
      cpSync(join(root, folder), join(outDir, folder.replace(/^docs\//, '')), { recursive: true });
    }
  },
});
