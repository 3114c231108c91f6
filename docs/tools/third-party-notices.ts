// The licences of the packages whose code or fonts the static lab contains, as a file of the lab.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Packages that the bundler does not see: the style sheet and fonts of the docs, the runtime inside the kernel. */
const EMBEDDED = ['katex', 'assemblyscript'];

/** What the licence files do not say: the fonts carry this notice in their metadata. */
const ADDITIONS = new Map([
  [
    'katex',
    `The fonts of KaTeX: Copyright (c) 2009-2010, Design Science, Inc. (www.mathjax.org),
Copyright (c) 2014-2018 Khan Academy (www.khanacademy.org), with Reserved Font Names KaTeX_*.
They are licensed under the SIL Open Font License, Version 1.1: https://openfontlicense.org`,
  ],
]);

/** The name of the package that a module belongs to, or null for a module of this repository. */
function packageOf(module: string): string | null {
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
const SELF_CONTAINED = ['ml-matrix'];

/** The names of the packages that a package contains: itself and its dependencies where it is self-contained. */
function contentsOf(name: string, whole = SELF_CONTAINED.includes(name)): readonly string[] {
  const inside = whole ? Object.keys(manifestOf(name).dependencies ?? {}) : [];
  return [name, ...inside.flatMap((dependency) => contentsOf(dependency, true))];
}

/** Name, version, licence and notices of a package. Throws where the package has no licence text. */
function noticeOf(name: string): string {
  const { version, license } = manifestOf(name);
  const directory = directoryOf(name);
  const files = readdirSync(directory).filter((file) => /^(licen[cs]e|copying|notice)(\.|$)/i.test(file));
  if (files.length === 0) throw new Error(`${name} is part of dist/web, but has no licence text`);
  const texts = files.sort().map((file) => readFileSync(join(directory, file), 'utf8').replaceAll('\r\n', '\n').trim());
  const heading = `${name} ${version} (${license ?? 'see below'})`;
  return [`${heading}\n${'='.repeat(heading.length)}`, ...texts, ADDITIONS.get(name) ?? []].flat().join('\n\n');
}

const introduction = 'The lab contains code or fonts of these packages, under the licences that follow.';

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
        const source = [introduction, ...[...names].sort().map(noticeOf)].join('\n\n\n') + '\n';
        this.emitFile({ type: 'asset', fileName: 'third-party-notices.txt', source });
      },
    },
  };
}
