// Notebooks run from their first cell, and show what they printed when they ran.
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chmod } from 'node:fs/promises';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { root } from '../support/meander.js';
import { inDirectory } from '../support/directory.js';

/** Debian's, which has its packages; another one in the PATH may not. */
const python = '/usr/bin/python3';
const isEquipped =
  existsSync(python) && spawnSync(python, ['-c', 'import numpy, pandas, nbclient, ipykernel']).status === 0;

interface Notebook {
  readonly cells: readonly {
    readonly cell_type: string;
    readonly execution_count?: number | null;
    readonly source: string | readonly string[];
    readonly outputs?: readonly Output[];
  }[];
}

interface Output {
  readonly output_type: string;
  readonly text?: string | readonly string[];
  readonly data?: Readonly<Record<string, unknown>>;
}

/** What a cell printed and showed, without HTML: pandas styles its tables differently from version to version. */
const shown = ({ cells }: Notebook): unknown =>
  cells.map(({ execution_count: count, source, outputs }) => ({
    count,
    source,
    outputs: outputs?.map(({ output_type: kind, text, data }) => ({
      kind,
      text,
      data: data && Object.entries(data).filter(([type]) => type !== 'text/html'),
    })),
  }));

const notebookIn = (file: string): Notebook => JSON.parse(readFileSync(file, 'utf8')) as Notebook;

const tables = { drift: 2, recording: 3 };

describe.each(Object.entries(tables))('examples/notebooks/%s.ipynb', (name, count) => {
  const file = join(root, `examples/notebooks/${name}.ipynb`);

  it.skipIf(!isEquipped)('runs, and its stored outputs are those of a run (else: npm run notebook)', async () => {
    const command = `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'dist/cli/main.js')}' "$@"\n`;
    await inDirectory({ meander: command }, async (directory) => {
      await chmod(join(directory, 'meander'), 0o755);
      const result = join(directory, 'result.ipynb');
      const env = { ...process.env, PATH: `${directory}${delimiter}${process.env.PATH ?? ''}` };
      const script = join(root, 'test/support/execute_notebook.py');
      await promisify(execFile)(python, [script, file, result], { env });
      expect(shown(notebookIn(result))).toEqual(shown(notebookIn(file)));
    });
  });

  it('shows tables of what was computed, and a figure', () => {
    const outputs = notebookIn(file).cells.flatMap((cell) => cell.outputs ?? []);
    const types = outputs.flatMap(({ data }) => Object.keys(data ?? {}));
    expect(types.filter((type) => type === 'text/html')).toHaveLength(count);
    expect(types).toContain('image/svg+xml');
  });
});
