// Which layers of src import which, as the import rules read the sources.
import { cruise } from 'dependency-cruiser';
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The layers that each layer imports, both in alphabetical order. */
export type Imports = ReadonlyMap<string, readonly string[]>;

/** The folder of src that holds a file, or src/index.ts, the library; null for any other file. */
const layerOf = (file: string): string | null => /^src\/(index\.ts$|[^/]+(?=\/))/.exec(file)?.[1] ?? null;

/** The imports between layers, without those of tests. */
export async function importsOfLayers(): Promise<Imports> {
  const options = await extractOptions(join(root, '.dependency-cruiser.cjs'));
  const tsConfig = extractTSConfig(join(root, 'tsconfig.json'));
  const { output } = await cruise(['src'], { ...options, baseDir: root, exclude: '\\.test\\.tsx?$' }, undefined, {
    tsConfig,
  });
  if (typeof output === 'string') throw new Error(output);
  const found = new Map<string, Set<string>>();
  for (const { source, dependencies } of output.modules) {
    const from = layerOf(source);
    if (from === null) continue;
    const imports = found.get(from) ?? new Set();
    found.set(from, imports);
    for (const to of dependencies.map(({ resolved }) => layerOf(resolved))) {
      if (to !== null && to !== from) imports.add(to);
    }
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([from, to]) => [from, [...to].sort()]));
}
