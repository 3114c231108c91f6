// All files of an analysis as a ZIP archive: those of the command line, with what makes them. Loaded when they are asked for.
import { pdfOf, PNG_SCALE, resvgOptions } from '#figure';
import { analysisFiles, CHECKSUMS, checksumsText, type AnalysisOutput } from '#report';
import { parquetOfRows } from '#store/web';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { strToU8, zipSync } from 'fflate';
import { drawnFigures } from './shown-report.js';

const resvgUrl = new URL('../../../node_modules/@resvg/resvg-wasm/index_bg.wasm', import.meta.url);
const fontUrls = [
  new URL('../../../node_modules/dejavu-fonts-ttf/ttf/DejaVuSans.ttf', import.meta.url),
  new URL('../../../node_modules/dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf', import.meta.url),
];

/** Files in a ZIP archive have times; a fixed one, so that equal files give equal bytes. */
const EPOCH = new Date(1980, 0, 1);

export async function analysisArchive(output: AnalysisOutput): Promise<Uint8Array<ArrayBuffer>> {
  const fontBuffers = await Promise.all(fontUrls.map(fetchBytes));
  await initWasm(fetchBytes(resvgUrl));
  const parse = (svg: string, scale: number) => new Resvg(svg, resvgOptions(scale, { fontBuffers }));
  const makers = {
    png: (svg: string) => parse(svg, PNG_SCALE).render().asPng(),
    pdf: (svg: string, title: string) => pdfOf(parse(svg, 1), title),
    parquet: parquetOfRows,
  };
  const files = new Map<string, Uint8Array>();
  for await (const [path, contents] of analysisFiles(output, drawnFigures(output.report), makers)) {
    files.set(path, typeof contents === 'string' ? strToU8(contents) : contents);
  }
  const digests = new Map(Array.from(files, ([path, bytes]) => [path, bytesToHex(sha256(bytes))]));
  files.set(CHECKSUMS, strToU8(checksumsText(digests)));
  return zipSync(Object.fromEntries(files), { mtime: EPOCH });
}

async function fetchBytes(url: URL): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.href}: ${response.status} ${response.statusText}`);
  return new Uint8Array(await response.arrayBuffer());
}
