import { katex, type MarkdownItKatexOptions } from '@mdit/plugin-katex';
import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type DefaultTheme, type MarkdownRenderer } from 'vitepress';
import { repositoryLinks, served } from './links.js';

const docs = fileURLToPath(new URL('..', import.meta.url));
const root = join(docs, '..');

/** Pages by what a reader wants of them; a page that is missing here fails the build. */
const sections: DefaultTheme.SidebarItem[] = [
  {
    text: 'Begin',
    items: [
      { text: 'Getting started', link: '/getting-started' },
      { text: 'The lab in the browser', link: '/lab' },
      { text: 'The paper, reproduced', link: '/reproduced' },
    ],
  },
  {
    text: 'Understand',
    items: [
      { text: 'The theory, step by step', link: '/theory' },
      { text: 'How drift is measured', link: '/measuring-drift' },
      { text: 'The slow motion itself', link: '/effective-process' },
      { text: 'Finite learning rate', link: '/finite-learning-rate' },
      { text: 'Where frequent means slower', link: '/claims-map' },
    ],
  },
  {
    text: 'Run at scale',
    items: [
      { text: 'Sweeps', link: '/sweeps' },
      { text: 'Ten to the nine runs', link: '/scale' },
    ],
  },
  {
    text: 'Look up',
    items: [
      { text: 'Experiment file', link: '/experiment-file' },
      { text: 'Output', link: '/output' },
      { text: 'Run directory', link: '/run-directory' },
      { text: 'Library (TypeScript)', link: '/api/' },
    ],
  },
  {
    text: 'Inside',
    items: [
      { text: 'How the theory is computed', link: '/theory-paths' },
      { text: 'Performance', link: '/performance' },
    ],
  },
];

/** The page of `meander reproduce` is shown once it is there. */
const optional = ['/reproduced'];
const isThere = ({ link }: DefaultTheme.SidebarItem): boolean =>
  !optional.includes(link ?? '') || existsSync(join(docs, `${link}.md`));
const sidebar = sections.map((section) => ({ ...section, items: section.items?.filter(isThere) ?? [] }));

const listed = new Set(sidebar.flatMap(({ items }) => items.map(({ link }) => link)));
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

export default defineConfig({
  title: 'Meander',
  description: 'A laboratory for representational drift: simulate, predict, compare.',
  srcExclude: ['tools/**'],
  cleanUrls: true,
  markdown: {
    config: (md) => {
      formulas(md, { transformer: asFormula });
      repositoryLinks(md, root);
    },
  },
  themeConfig: {
    sidebar,
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
