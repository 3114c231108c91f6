import { extname } from 'node:path';

type Types = Readonly<Partial<Record<string, string>>>;

const TEXT = 'text/plain; charset=utf-8';
const BINARY = 'application/octet-stream';

/** Files of the lab itself. */
const pageTypes: Types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': TEXT,
};

/** Files of a run: pictures, tables and arrays. Nothing that a browser runs or lays out has a type of its own. */
const runTypes: Types = {
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.pdf': 'application/pdf',
  '.json': 'application/json',
  '.csv': 'text/csv; charset=utf-8',
  '.npy': BINARY,
  '.npz': BINARY,
  '.parquet': BINARY,
};

export const pageTypeOf = (path: string): string => pageTypes[extname(path)] ?? BINARY;
export const runTypeOf = (path: string): string => runTypes[extname(path)] ?? TEXT;
