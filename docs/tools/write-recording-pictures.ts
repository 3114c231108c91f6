// Draws the pictures of docs/recordings.md from synthetic recordings: npm run docs:recordings
import { analyse, syntheticRecording, type AnalysisOptions, type SyntheticOptions } from '#analyse';
import { drawFigure, type FigureTable } from '#figure';
import type { Recording } from '#recording';
import { reportFigures } from '#report';
import { parseHTML } from 'linkedom';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const WIDTH = 640;
const folder = fileURLToPath(new URL('../figures/recordings/', import.meta.url));
const { document } = parseHTML('<!doctype html><html><body></body></html>') as { document: object };

/** The walk of which each picture changes one thing. */
const walk: SyntheticOptions = {
  seed: 3,
  neurons: 80,
  stimuli: 5,
  trials: 6,
  times: [0, 1, 2, 4, 5, 7, 9, 12],
  strength: 10,
  diffusion: 0.4,
  fluctuation: 1,
  directedSpeed: 0,
  noise: 10,
};

const plain: AnalysisOptions = { normalise: 'none', zeroIsMissing: false };

const tableOf = (figure: string, recordings: readonly Recording[], options = plain): FigureTable => {
  const found = reportFigures(analyse(recordings, options)).find(({ name }) => name === figure);
  if (!found) throw new Error(`there is no figure ${figure}`);
  return found.table;
};

/** The displacement of several analyses in one picture. */
const courses = (analyses: Readonly<Record<string, readonly [Recording, AnalysisOptions]>>): FigureTable => {
  const tables = Object.entries(analyses).map(([name, [recording, options]]) =>
    tableOf('displacement', [{ ...recording, name }], options),
  );
  const shown = tables.flatMap((table) => (table.kind === 'recording-displacement' ? table.recordings : []));
  return { kind: 'recording-displacement', timeUnit: 'day', recordings: shown };
};

const stepped = syntheticRecording({ ...walk, gains: walk.times.map((time) => (time >= 5 ? 1.5 : 1)) });
const lost = syntheticRecording({ ...walk, missing: 0.3 });
const silent = { ...lost, values: lost.values.map((value) => (Number.isNaN(value) ? 0 : value)) };

const pictures: Readonly<Record<string, FigureTable>> = {
  'trial-noise': tableOf('displacement', [syntheticRecording({ ...walk, noise: 40 })]),
  'gain-step': courses({
    'as recorded': [stepped, plain],
    'gain of each session divided out': [stepped, { ...plain, normalise: 'gain' }],
  }),
  'lost-cells': courses({
    'zeros count as activity': [silent, plain],
    'zeros are missing': [silent, { ...plain, zeroIsMissing: true }],
  }),
  jump: tableOf('sessions', [syntheticRecording({ ...walk, jump: { session: 4, size: 10 } })]),
  'two-maps': tableOf('sessions', [syntheticRecording({ ...walk, secondMap: [1, 4, 6] })]),
  'bounded-drift': courses({
    'random walk': [syntheticRecording(walk), plain],
    'drawn back to a mean': [syntheticRecording({ ...walk, diffusion: 3, memory: 2 }), plain],
  }),
  'few-sessions': courses({
    '3 sessions': [syntheticRecording({ ...walk, times: [0, 1, 2] }), plain],
    '8 sessions': [syntheticRecording(walk), plain],
  }),
};

await mkdir(folder, { recursive: true });
for (const [name, table] of Object.entries(pictures)) {
  await writeFile(`${folder}${name}.svg`, `${drawFigure(table, document, { width: WIDTH, title: name })}\n`);
}
