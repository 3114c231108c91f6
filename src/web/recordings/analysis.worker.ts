// Reads and analyses recordings, and draws the figures, without blocking the page.
import { analyse, STEPS_OF_RECORDING } from '#analyse';
import { InvalidInputError } from '#core';
import {
  inspectRecordings,
  naturalOrder,
  parseFrequencies,
  recordingsFrom,
  type Recording,
  type RecordingFile,
} from '#recording';
import { inputLines } from '#report';
import type { Declared, NamedFile, RecordingAnswer, RecordingRequest } from './messages.js';
import { shownReport } from './shown-report.js';

/** The version of the package, which the bundler puts in. */
declare const MEANDER_VERSION: string;

self.addEventListener('message', ({ data: request }: MessageEvent<RecordingRequest>) => {
  answer(request).then(post, (error: unknown) => {
    if (!(error instanceof Error)) throw error;
    post({ kind: 'invalid', message: error.message });
  });
});

function post(message: RecordingAnswer): void {
  self.postMessage(message, message.kind === 'archive' ? { transfer: [message.zip.buffer] } : {});
}

let files: Promise<readonly RecordingFile[]> | null = null;
let read: { readonly by: string; readonly recordings: readonly Recording[] } | null = null;

async function answer(request: RecordingRequest): Promise<RecordingAnswer> {
  if (request.kind === 'archive') {
    const { analysisArchive } = await import('./archive.js');
    return { kind: 'archive', zip: await analysisArchive(request.output) };
  }
  files ??= readFiles(request.files);
  if (request.kind === 'contents') return { kind: 'contents', contents: await inspectRecordings(await files) };
  const { declared } = request;
  step('reading', 0, 1);
  const recordings = await recordingsOf(await files, declared);
  const all = STEPS_OF_RECORDING * recordings.length + 1;
  let done = 0;
  const report = analyse(recordings, declared, (animal, text) => {
    step(`${animal}: ${text}`, done++, all);
  });
  step('figures', done, all);
  const origin = { version: MEANDER_VERSION, commit: null, zeroIsMissing: declared.zeroIsMissing };
  return { kind: 'report', shown: await shownReport({ report, origin, inputs: inputLines(recordings, declared) }) };
}

const step = (text: string, done: number, all: number): void => {
  post({ kind: 'step', text, done, all });
};

/** The bytes of the files, in the order in which people count: their names may be those of sessions. */
async function readFiles(named: readonly NamedFile[]): Promise<readonly RecordingFile[]> {
  const ordered = [...named].sort((a, b) => naturalOrder(a.path, b.path));
  const all: RecordingFile[] = [];
  for (const { path, file } of ordered) {
    all.push({ name: path, bytes: new Uint8Array(await bytesOf(path, file)) });
  }
  return all;
}

const bytesOf = (path: string, file: File): Promise<ArrayBuffer> =>
  file.arrayBuffer().catch(() => {
    throw new InvalidInputError(
      `${path}: the browser cannot read it; it may have changed, or be too large for the page`,
    );
  });

/** The recordings as declared; those of before where only the analysis differs. */
async function recordingsOf(
  opened: readonly RecordingFile[],
  { axes, key, times, timeUnit, labels, frequencies }: Declared,
): Promise<readonly Recording[]> {
  const options = { axes, key, times, timeUnit, labels };
  const counts = frequencies && { name: frequencies.name, text: await frequencies.text() };
  const by = JSON.stringify([options, counts]);
  if (read?.by !== by) {
    const parsed = counts && (await parseFrequencies(counts.text, counts.name));
    read = { by, recordings: await recordingsFrom(opened, { ...options, frequencies: parsed }) };
  }
  return read.recordings;
}
