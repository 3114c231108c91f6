// The pages of docs/ inside the static lab, so that its links lead somewhere without a network.
import { katex, type MarkdownItKatexOptions } from '@mdit/plugin-katex';
import MarkdownIt from 'markdown-it';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { sections } from '../.vitepress/sections.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A page of docs/ as HTML, and the files of the repository that it shows or links to. */
interface Page {
  readonly title: string;
  readonly body: string;
  readonly files: readonly string[];
}

/** Files of the page itself that those of the docs use. */
interface Parts {
  readonly style: string;
  readonly icon: string;
}

const markdown = new MarkdownIt({ html: true }).use(katex, {
  transformer: (html: string): string => {
    if (html.includes('katex-error')) throw new Error(`not a formula: ${html}`);
    return html;
  },
} satisfies MarkdownItKatexOptions);

const own = (target: string | null): target is string => target !== null && !/^([a-z]+:|#)/i.test(target);

/** The name of a heading in links, as the other site of the docs makes it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');

function pageOf(name: string): Page {
  const files = new Set<string>();
  const tokens = markdown.parse(readFileSync(join(root, 'docs', name), 'utf8'), {});
  let title = '';
  tokens.forEach((token, k) => {
    if (token.type === 'heading_open') {
      const { content } = tokens[k + 1];
      token.attrSet('id', anchorOf(content));
      if (token.tag === 'h1') title = content;
    }
    // Wide tables and code scroll by themselves, also by the keyboard.
    if (token.type === 'table_open' || token.type === 'fence') token.attrSet('tabindex', '0');
    for (const inline of token.children ?? []) {
      const attribute = inline.type === 'image' ? 'src' : 'href';
      const target = inline.attrGet(attribute);
      if (!own(target)) continue;
      if (/\.md(#|$)/.test(target)) inline.attrSet(attribute, target.replace('.md', '.html'));
      else files.add(posix.join('docs', target));
    }
  });
  return { title, body: markdown.renderer.render(tokens, markdown.options, {}), files: [...files] };
}

const escaped = (text: string): string => markdown.utils.escapeHtml(text);

function htmlOf(name: string, { title, body }: Page, pages: ReadonlySet<string>, parts: Parts): string {
  const links = sections
    .map(({ text, items }) => {
      const shown = items.filter(({ link }) => pages.has(`${link.slice(1)}.md`));
      const list = shown.map(({ text: label, link }) => {
        const here = `${link.slice(1)}.md` === name ? ' aria-current="page"' : '';
        return `<li><a href=".${link}.html"${here}>${escaped(label)}</a></li>`;
      });
      return `<h2>${escaped(text)}</h2><ul>${list.join('')}</ul>`;
    })
    .join('');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)} · Meander</title>
<link rel="stylesheet" href="katex/katex.css">
<link rel="stylesheet" href="../${parts.style}">
<link rel="icon" href="../${parts.icon}" type="image/svg+xml">
</head>
<body class="docs">
<nav aria-label="Docs"><a href="../index.html">To the lab</a>${links}</nav>
<main>${body}</main>
</body>
</html>
`;
}

/** The style sheet of KaTeX with its fonts in the one format that every browser reads. */
function katexStyle(): { readonly css: string; readonly fonts: ReadonlyMap<string, Buffer> } {
  const directory = dirname(createRequire(import.meta.url).resolve('katex/dist/katex.min.css'));
  const css = readFileSync(join(directory, 'katex.min.css'), 'utf8').replace(
    /,url\([^)]+\.(woff|ttf)\) format\("\w+"\)/g,
    '',
  );
  const names = [...css.matchAll(/url\(([^)]+)\)/g)].map(([, name]) => name);
  return { css, fonts: new Map(names.map((name) => [name, readFileSync(join(directory, name))])) };
}

/** Adds docs/NAME.html to a build for every docs/NAME.md, with the files that they name, in the style of the page itself. */
export const labDocs: Plugin = {
  name: 'lab-docs',
  generateBundle(_, bundle) {
    const part = (end: RegExp): string => {
      const found = Object.keys(bundle).find((file) => end.test(file));
      if (found === undefined) throw new Error(`the page has no ${end.source}`);
      return found;
    };
    const parts: Parts = { style: part(/\.css$/), icon: part(/icon-.*\.svg$/) };
    const names = readdirSync(join(root, 'docs')).filter((file) => file.endsWith('.md'));
    const files = new Set<string>();
    for (const name of names) {
      const page = pageOf(name);
      for (const file of page.files) files.add(file);
      const source = htmlOf(name, page, new Set(names), parts);
      this.emitFile({ type: 'asset', fileName: `docs/${name.replace('.md', '.html')}`, source });
    }
    const { css, fonts } = katexStyle();
    this.emitFile({ type: 'asset', fileName: 'docs/katex/katex.css', source: css });
    for (const [fileName, source] of fonts) {
      this.emitFile({ type: 'asset', fileName: `docs/katex/${fileName}`, source });
    }
    for (const fileName of files) {
      this.emitFile({ type: 'asset', fileName, source: readFileSync(join(root, fileName)) });
    }
  },
};
