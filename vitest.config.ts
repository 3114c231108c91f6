import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { nativeCache } from './test/support/native-cache.js';

/** A folder below test/ is a project: `npx vitest run --project cli`. Those with the longest files begin. */
const folders = ['slurm', 'statistical', 'frozen', 'process', 'docs', 'browser', 'cli'];

/** The order of the projects, so that no long file is left for the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const order = [...folders, 'unit', 'alone'];
    const place = ({ project }: TestSpecification): number => order.indexOf(project.name);
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

const homeless = readdirSync('test', { recursive: true, encoding: 'utf8' }).find(
  (file) => file.endsWith('.test.ts') && !folders.some((folder) => file.startsWith(join(folder, '/'))),
);
if (homeless !== undefined) throw new Error(`test/${homeless}: is in no project, expected test/{${folders.join()}}/`);

/** Those that simulate most, with the native kernel where it can be built: every bit is that of WebAssembly. */
const native = ['statistical', 'frozen', 'docs'];

/** Those whose files share processes. */
const sharing = ['unit', 'cli'];

/** Files that change what those of one process share, by their text: rules by name, quantities, timers, globals. */
const alone = ['src', 'test/cli']
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)))
  .filter((file) => file.endsWith('.test.ts'))
  .filter((file) =>
    /register(Own)?Rule|compiled-rules|\bvi\.(stub|useFake|mock)|assign\(quantities/.test(readFileSync(file, 'utf8')),
  );

const project = (name: string, include: string[]) => ({
  extends: true as const,
  test: {
    name,
    include,
    // The many short files share processes, because importing the sources takes longer than most of them.
    isolate: !sharing.includes(name),
    ...(name !== 'alone' && { exclude: alone }),
    globalSetup: ['test/support/fresh-build.ts', ...(native.includes(name) ? ['test/support/native-build.ts'] : [])],
    ...(native.includes(name) && { env: { MEANDER_KERNEL: '', XDG_CACHE_HOME: nativeCache } }),
  },
});

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    // The key by which a run directory is known to be the user's own is kept here, not in the home of who runs the tests.
    // Tests of the native kernel and the projects in `native` ask for it; all others are of WebAssembly, whatever the user has built.
    env: { XDG_STATE_HOME: join(tmpdir(), 'meander-tests-state'), MEANDER_KERNEL: 'wasm' },
    // Waits end when what they wait for is there; on a loaded machine that may take longer than the second of Vitest.
    expect: { poll: { timeout: 60_000 } },
    testTimeout: 900_000,
    hookTimeout: 900_000,
    // For two cores: one file more, because tests of processes and clusters wait most of the time.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // Of the unit tests (npm run coverage): the others drive built code in processes of their own.
    coverage: {
      include: ['src/**/*.{ts,tsx}'],
      exclude: ['src/**/*.test.ts', 'src/kernel/assembly/**'],
      reportOnFailure: true,
      reporter: ['text-summary', 'html', 'lcov'],
    },
    projects: [
      project('unit', ['src/**/*.test.ts']),
      project('alone', alone),
      ...folders.map((folder) => project(folder, [`test/${folder}/**/*.test.ts`])),
    ],
  },
});
