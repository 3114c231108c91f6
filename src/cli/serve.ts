import { InvalidInputError } from '#core';
import { whyUnreadable } from '#store';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { onInterruption } from './run.js';
import { Refusal, rootOf, ServedDirectory } from './served-directory.js';
import { listRuns, SWEEP, sweepOf } from './served-runs.js';

interface ServeOptions {
  readonly port: string;
  readonly host: string;
}

/** From src/cli/ as from dist/cli/. */
const pages = fileURLToPath(new URL('../../dist/web', import.meta.url));

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
export async function serveCommand(directory: string | undefined, { port, host }: ServeOptions): Promise<void> {
  const number = Number(port);
  if (!Number.isInteger(number) || number < 0 || number > 65535) {
    throw new InvalidInputError(`--port ${port}: expected a whole number from 0 to 65535`);
  }
  const server = await labServer(directory, host);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(new InvalidInputError(`--host ${host} --port ${port}: ${whyDeaf(error)}`));
    });
    server.listen(number, host, resolve);
  });
  const { address, port: taken, family } = server.address() as AddressInfo;
  console.log(`the lab is at http://${family === 'IPv6' ? `[${address}]` : address}:${taken}/ (Ctrl-C ends it)`);
  await onInterruption(
    (signal) =>
      new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => {
          server.close(() => {
            resolve();
          });
          server.closeAllConnections();
        });
      }),
  );
}

const whyDeaf = ({ code, message }: NodeJS.ErrnoException): string =>
  code === 'EADDRINUSE' ? 'another program listens there; give another --port, or 0 for any' : message;

/**
 * Serves dist/web, and the run directories in `directory` when it is given. Throws InvalidInputError when there is no such
 * directory, or the lab has not been built.
 */
async function labServer(directory: string | undefined, host: string): Promise<Server> {
  const lab = new ServedDirectory(await rootOf(pages, 'the lab; npm run build makes it'));
  const runs = directory === undefined ? null : new ServedDirectory(await rootOf(directory, 'a directory of runs'));
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') throw new Refusal(405, 'only GET and HEAD');
    checkHost(request.headers.host, host);
    const path = decoded(request.url ?? '/');
    if (path.startsWith(RUNS)) {
      if (!runs) throw new Refusal(404, 'no directory of runs was given');
      const { type, content } = await answerOfRuns(runs, path.slice(RUNS.length));
      send(response, 200, type, content, DATA_POLICY);
      return;
    }
    const { file, type } = await lab.find(path === '/' ? 'index.html' : path.slice(1));
    const content = await readFile(file);
    const whole = path === '/' && runs ? announceRuns(content.toString('utf8')) : content;
    send(response, 200, type, whole, path.startsWith('/docs/') ? DOCS_POLICY : PAGE_POLICY);
  };
  return createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      const [status, message] = refusalOf(error);
      send(response, status, 'text/plain; charset=utf-8', `${message}\n`, DATA_POLICY);
    });
  });
}

/** The list of runs, what a run directory of a sweep holds, or a file of a run. Throws Refusal and InvalidInputError. */
async function answerOfRuns(
  runs: ServedDirectory,
  path: string,
): Promise<{ readonly type: string; readonly content: string | Buffer }> {
  const json = (value: unknown): { type: string; content: string } => ({
    type: 'application/json',
    content: JSON.stringify(value),
  });
  if (path === '') return json(await listRuns(runs.root));
  if (path === SWEEP || path.endsWith(`/${SWEEP}`)) return json(await sweepOf(runs, path.slice(0, -SWEEP.length - 1)));
  const { file, type } = await runs.find(path);
  return { type, content: await readFile(file) };
}

function refusalOf(error: unknown): [status: number, message: string] {
  if (error instanceof Refusal) return [error.status, error.message];
  if (error instanceof InvalidInputError) return [422, error.message];
  return [500, whyUnreadable(error)];
}

function send(response: ServerResponse, status: number, type: string, body: string | Buffer, policy: string): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-cache',
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

/** Tells the page that there are runs to list: a static host could only answer 404. */
const announceRuns = (html: string): string =>
  html.replace('</head>', '<meta name="meander-runs" content="runs/" /></head>');

/** The path of a request. Throws Refusal when it is not one. */
function decoded(url: string): string {
  try {
    return decodeURIComponent(url.replace(/[?#].*$/s, ''));
  } catch {
    throw new Refusal(400, 'the address is not well formed');
  }
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/i;

/** On a loopback address only its own names are answered, so that no site in a browser can point its name here. */
function checkHost(named: string | undefined, host: string): void {
  const local = /^(localhost|127\.|::1$)/i.test(host);
  if (local && !LOOPBACK.test(named ?? '')) throw new Refusal(403, 'this server answers to localhost only');
}
