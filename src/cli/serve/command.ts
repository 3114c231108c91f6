import { InvalidInputError } from '#core';
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { note, type Io } from '../io.js';
import { onInterruption } from '../signals.js';
import { pageTypeOf, runTypeOf } from './content-types.js';
import { rootOf, ServedDirectory, type OpenedFile } from './directory.js';
import { HttpError } from './http-error.js';
import { listRuns } from './list-runs.js';
import { DATA, dataOf } from './named-data.js';
import { assertOwnName, assertOwnSite, isLocal, pathOf } from './requests.js';
import { openInRun } from './run-files.js';
import { SWEEP, sweepOf } from './sweep.js';

interface ServeInput {
  readonly dir?: string;
  readonly port: number;
  readonly host: string;
}

/** From src/cli/serve/ as from dist/cli/serve/. */
const pages = fileURLToPath(new URL('../../../dist/web', import.meta.url));
const program = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));

/** Scripts, workers, styles and data of the page itself, and WebAssembly: nothing else, and from nowhere else. */
const PAGE_POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; style-src 'self'; " +
  "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** The docs have no scripts, but formulas, which are set by style attributes and fonts. */
const DOCS_POLICY =
  "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self'; font-src 'self'; base-uri 'none'; " +
  "form-action 'none'; frame-ancestors 'none'";
/** Files of the given directory are data: nothing in them runs. */
const DATA_POLICY = "default-src 'none'; sandbox";
/** Below this path the files of the given directory are served. */
const RUNS = '/runs/';

/** `meander serve`: the lab on this machine, until Ctrl-C. */
export async function serveCommand({ dir: directory, port, host }: ServeInput, io: Io): Promise<void> {
  const server = await labServer(directory, host);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(new InvalidInputError(`--host ${host} --port ${port}: ${listenErrorText(error)}`));
    });
    server.listen(port, host, resolve);
  });
  const { address, port: taken, family } = server.address() as AddressInfo;
  const url = `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}/`;
  if (!isLocal(host)) {
    const files = directory === undefined ? '' : ` and the runs in ${directory}`;
    note(io, `everyone who reaches ${url} can read the lab${files}; without --host only this machine can`);
  }
  await onInterruption(
    io,
    (signal) =>
      new Promise<void>((resolve) => {
        io.stdout.write(`the lab is at ${url} (Ctrl-C ends it)\n`);
        signal.addEventListener('abort', () => {
          server.close(() => {
            resolve();
          });
          server.closeAllConnections();
        });
      }),
  );
}

const listenErrorText = ({ code, message }: NodeJS.ErrnoException): string =>
  code === 'EADDRINUSE' ? 'another program listens there; give another --port, or 0 for any' : message;

/**
 * Serves dist/web, and the run directories in `directory` when it is given. Throws InvalidInputError when there is no such
 * directory, or the lab has not been built.
 */
async function labServer(directory: string | undefined, host: string): Promise<Server> {
  const lab = new ServedDirectory(await rootOf(pages, 'the lab; npm run build makes it'));
  const runs = directory === undefined ? null : new ServedDirectory(await rootOf(directory, 'a directory of runs'));
  let address = host;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') throw new HttpError(405, 'only GET and HEAD');
    const path = pathOf(request);
    const isOfRuns = path.startsWith(RUNS);
    assertOwnName(request.headers.host, { host, address });
    assertOwnSite(request.headers, !isOfRuns);
    if (isOfRuns) {
      if (!runs) throw new HttpError(404, 'no directory of runs was given');
      const asked = path.slice(RUNS.length);
      const told = await toldOf(runs, asked);
      if (told) send(response, 200, 'application/json', JSON.stringify(told), DATA_POLICY);
      else await sendFile(response, await openInRun(runs, asked), runTypeOf(asked), DATA_POLICY);
      return;
    }
    const name = path === '/' ? 'index.html' : path.slice(1);
    const file = await lab.open(name);
    const policy = path.startsWith('/docs/') ? DOCS_POLICY : PAGE_POLICY;
    if (path !== '/') await sendFile(response, file, pageTypeOf(name), policy);
    else send(response, 200, pageTypeOf(name), announcing(await textOf(file), runs !== null, isLocal(host)), policy);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent) {
        // The client went, or the file cannot be read to its end.
        response.destroy();
        return;
      }
      const [status, message] = errorResponse(error);
      send(response, status, 'text/plain; charset=utf-8', `${message}\n`, DATA_POLICY);
    });
  });
  server.once('listening', () => {
    ({ address } = server.address() as AddressInfo);
  });
  return server;
}

/** The list of runs, or what is told of one of them; null where a file is asked for. Throws HttpError and InvalidInputError. */
async function toldOf(runs: ServedDirectory, path: string): Promise<object | null> {
  if (path === '') return listRuns(runs);
  // The given directory itself may be the run.
  const below = `/${path}`;
  if (below.endsWith(SWEEP)) return sweepOf(runs, below.slice(1, -SWEEP.length));
  if (below.endsWith(DATA)) return dataOf(runs, below.slice(1, -DATA.length));
  return null;
}

function errorResponse(error: unknown): [status: number, message: string] {
  if (error instanceof HttpError) return [error.status, error.message];
  if (error instanceof InvalidInputError) return [422, error.message];
  // The message of the system would name paths of this machine.
  const { code = 'unknown error' } = error as NodeJS.ErrnoException;
  return [500, `cannot be read (${code})`];
}

function send(response: ServerResponse, status: number, type: string, body: string, policy: string): void {
  response.writeHead(status, headersOf(type, Buffer.byteLength(body), policy));
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

/** Sends a file as it is read, so that one of any size needs little memory; throws where the client goes before its end. */
async function sendFile(response: ServerResponse, { handle }: OpenedFile, type: string, policy: string): Promise<void> {
  try {
    const { size } = await handle.stat();
    response.writeHead(200, headersOf(type, size, policy));
    if (response.req.method === 'HEAD' || size === 0) response.end();
    else await pipeline(handle.createReadStream({ end: size - 1, autoClose: false }), response);
  } finally {
    await handle.close();
  }
}

async function textOf({ handle }: OpenedFile): Promise<string> {
  try {
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

const headersOf = (type: string, length: number, policy: string): OutgoingHttpHeaders => ({
  'content-type': type,
  'content-length': length,
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-cache',
});

/**
 * Tells the page what a static host could not: that there are runs to list, and, on this machine alone, the command that runs Meander
 * in any directory.
 */
function announcing(html: string, hasRuns: boolean, isHere: boolean): string {
  const metas = [
    ...(hasRuns ? ['<meta name="meander-runs" content="runs/" />'] : []),
    ...(isHere ? [`<meta name="meander-command" content="${attribute(`node ${shellWord(program)}`)}" />`] : []),
  ];
  return html.replace('</head>', () => `${metas.join('')}</head>`);
}

const shellWord = (path: string): string =>
  /^[\w./-]+$/.test(path) ? path : process.platform === 'win32' ? `"${path}"` : `'${path.replaceAll("'", `'\\''`)}'`;

const attribute = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
