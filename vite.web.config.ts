import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';
import { labDocs } from './docs/tools/lab-docs.js';
import { thirdPartyNotices } from './docs/tools/third-party-notices.js';

const root = fileURLToPath(new URL('.', import.meta.url));

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };

/** Loading a layer only defines its exports, so unused ones can be dropped: Plot in the page, the schema in a worker. */
const treeshake = { moduleSideEffects: (id: string): boolean => !/\/src\/(?!web\/)/.test(id) };

/** What the page loads on demand stands in for what other programs load at once. */
const engineOnDemand: Plugin = {
  name: 'engine-on-demand',
  enforce: 'pre',
  resolveId: (source, importer) =>
    source === './by-definition.js' && importer?.includes('/src/experiment/theory/')
      ? join(root, 'src/web/prediction/engine-on-demand.ts')
      : null,
};

/** The page validates experiments, and writes no JSON Schema, of which zod has 38 kB of code. */
const withoutJsonSchema: Plugin = {
  name: 'without-json-schema',
  enforce: 'pre',
  transform: (code, id) => {
    if (!/\/zod\/v4\/core\/(?:to-json-schema|json-schema-processors)\.js$/.test(id)) return null;
    const names = Array.from(code.matchAll(/^export (?:const|function) (\w+)/gm), ([, name]) => name);
    return `const none = () => undefined;\nexport { ${names.map((name) => `none as ${name}`).join(', ')} };`;
  },
};

/** Decompositions need no arithmetic of whole matrices, which ml-matrix defines on every matrix. */
const withoutArithmetic: Plugin = {
  name: 'without-arithmetic',
  enforce: 'pre',
  transform: (_, id) =>
    id.endsWith('/ml-matrix/src/mathOperations.js') ? 'export const installMathOperations = () => undefined;' : null,
};

const notices = thirdPartyNotices();

/** The lab: `npm run build` writes it to dist/web, which any static host can serve from any path. */
export default defineConfig({
  root: join(root, 'src/web'),
  base: './',
  define: { MEANDER_VERSION: JSON.stringify(version) },
  plugins: [labDocs, notices.page, engineOnDemand, withoutJsonSchema, withoutArithmetic],
  resolve: {
    conditions: ['source', ...defaultClientConditions],
    // Its modules instead of its bundle: unused decompositions can be dropped.
    alias: { 'ml-matrix': join(root, 'node_modules/ml-matrix/src/index.js') },
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  worker: {
    format: 'es',
    plugins: () => [notices.worker, engineOnDemand, withoutJsonSchema, withoutArithmetic],
    // linkedom looks up the names of errors in style sheets by eval; figures have none.
    rolldownOptions: { treeshake, checks: { eval: false } },
  },
  build: {
    outDir: join(root, 'dist/web'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: 'es2022',
    // The page is one chunk, so nothing needs to be preloaded.
    modulePreload: false,
    rolldownOptions: { treeshake, checks: { bundlerTimings: false } },
  },
});
