import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));

/** The pages of docs/ as text beside the page, so that its links lead somewhere without a network. */
const docs: Plugin = {
  name: 'docs-as-text',
  generateBundle() {
    for (const name of readdirSync(join(root, 'docs')).filter((file) => file.endsWith('.md'))) {
      const source = readFileSync(join(root, 'docs', name), 'utf8');
      this.emitFile({ type: 'asset', fileName: `docs/${name.replace('.md', '.txt')}`, source });
    }
  },
};

/** Loading a room does nothing but define what it exports, so what is not used of it may go: Plot, the schema in a worker. */
const treeshake = { moduleSideEffects: (id: string): boolean => !/\/src\/(?!web\/)/.test(id) };

/** The lab: `npm run build` puts it into dist/web, which any static host may serve from any path. */
export default defineConfig({
  root: join(root, 'src/web'),
  base: './',
  plugins: [docs],
  resolve: { conditions: ['source', ...defaultClientConditions] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  worker: { format: 'es', rolldownOptions: { treeshake } },
  build: {
    outDir: join(root, 'dist/web'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: 'es2022',
    // three.js, which is loaded when the 3D view is asked for.
    chunkSizeWarningLimit: 600,
    rolldownOptions: { treeshake, checks: { bundlerTimings: false } },
  },
});
