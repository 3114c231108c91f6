// The licences of the packages whose code or fonts the static lab contains, as a file of the lab.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Packages that the bundler does not see: the style sheet and fonts of the docs, the runtime inside the kernel, fonts of figures. */
const EMBEDDED = ['katex', 'assemblyscript', 'dejavu-fonts-ttf'];

/** Packages without a licence text, and one from the same repository that has it. */
const SAME_LICENCE = new Map([['@resvg/resvg-wasm', '@resvg/resvg-js']]);

const openFontLicense = readFileSync(join(root, 'docs/tools/open-font-license.txt'), 'utf8').trim();

/** What the licence files do not say: the fonts carry this notice in their metadata. */
const ADDITIONS = new Map([
  [
    'katex',
    `The fonts of KaTeX: Copyright (c) 2009-2010, Design Science, Inc. (www.mathjax.org),
Copyright (c) 2014-2018 Khan Academy (www.khanacademy.org), with Reserved Font Names KaTeX_*.
They are licensed under the SIL Open Font License, Version 1.1: https://openfontlicense.org

${openFontLicense}`,
  ],
  ['@resvg/resvg-wasm', 'The source is at https://github.com/thx/resvg-js.'],
]);

/**
 * The name of the package that a module belongs to, or null for a module of this repository. The bundler's own modules, which it
 * adds to what it bundles, are named after its packages: `\\0vite/preload-helper.js`.
 */
function packageOf(module: string): string | null {
  if (module.startsWith('\0')) return module.slice(1).split('/')[0];
  return /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(module)?.[1] ?? null;
}

interface Manifest {
  readonly version: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const directoryOf = (name: string): string => join(root, 'node_modules', name);

const manifestOf = (name: string): Manifest =>
  JSON.parse(readFileSync(join(directoryOf(name), 'package.json'), 'utf8')) as Manifest;

/** Published as one file that contains the packages that it depends on, so the bundler does not see them either. */
const SELF_CONTAINED = ['ml-matrix', 'linkedom'];

/** The names of the packages that a package contains: itself and its dependencies where it is self-contained. */
function contentsOf(name: string, whole = SELF_CONTAINED.includes(name)): readonly string[] {
  const inside = whole ? Object.keys(manifestOf(name).dependencies ?? {}) : [];
  return [name, ...inside.flatMap((dependency) => contentsOf(dependency, true))];
}

/** The part of a licence file that is about the package itself: Vite's goes on with what its own tools are made of. */
const ownPart = (text: string): string =>
  text.replaceAll('\r\n', '\n').split('\n# Licenses of bundled dependencies')[0].trim();

/** Sources and licences of the data sets, whose README has them. */
function dataNotice(): string {
  const text = readFileSync(join(root, 'examples/data/README.md'), 'utf8');
  const heading =
    'The example data: digits.npy, digits-class-means.npy, digits-axes.npy, iris.npy, iris-class-means.npy, iris.csv';
  const paragraphs = [...text.matchAll(/^\*\*(?:Source|Origin)\.\*\*[^]*?(?=\n\n)/gm)].map(([paragraph]) => paragraph);
  const licences = /^## Licences of the sources\n+([^]*)/m.exec(text)?.[1].trim();
  if (paragraphs.length !== 4 || licences === undefined)
    throw new Error('examples/data/README.md: expected sources and licences');
  return [`${heading}\n${'='.repeat(heading.length)}`, ...paragraphs, licences].join('\n\n');
}

/** Name, version, licence and notices of a package. Throws where the package has no licence text. */
function noticeOf(name: string): string {
  const { version, license } = manifestOf(name);
  const directory = directoryOf(SAME_LICENCE.get(name) ?? name);
  const files = readdirSync(directory).filter((file) => /^(licen[cs]e|copying|notice)(\.|$)/i.test(file));
  if (files.length === 0) throw new Error(`${name} is part of dist/web, but has no licence text`);
  const texts = files.sort().map((file) => ownPart(readFileSync(join(directory, file), 'utf8')));
  const heading = `${name} ${version} (${license ?? 'see below'})`;
  return [`${heading}\n${'='.repeat(heading.length)}`, ...texts, ADDITIONS.get(name) ?? []].flat().join('\n\n');
}

const introduction = 'The lab contains code or fonts of these packages, and data, under the licences that follow.';

/** Plugins for a page and for its workers, which Vite bundles apart, that together write third-party-notices.txt. */
export function thirdPartyNotices(): { readonly page: Plugin; readonly worker: Plugin } {
  const names = new Set(EMBEDDED);
  const collect: Plugin['generateBundle'] = (_, bundle) => {
    for (const part of Object.values(bundle)) {
      if (part.type === 'asset') continue;
      for (const name of part.moduleIds.map(packageOf)) {
        if (name !== null) for (const each of contentsOf(name)) names.add(each);
      }
    }
  };
  return {
    worker: { name: 'third-party-notices:worker', generateBundle: collect },
    page: {
      name: 'third-party-notices',
      async generateBundle(...args) {
        await collect.apply(this, args);
        const source = [introduction, ...[...names].sort().map(noticeOf), dataNotice()].join('\n\n\n') + '\n';
        this.emitFile({ type: 'asset', fileName: 'third-party-notices.txt', source });
      },
    },
  };
}
