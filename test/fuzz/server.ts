// Requests to the server of the lab: nothing outside the given directory, and an answer to each.
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { begin, meanderOutput } from '../support/meander.js';
import { sweepFile } from '../support/sweeps.js';
import { LIMITS, residentBytes } from './host.js';
import { Choices } from './random.js';
import { Tally, type Suite } from './suite.js';

/** Stands in files that no answer may hold. */
const SECRET = 'the-text-of-a-file-that-is-not-served';

const NAMES = [
  'run',
  'runs',
  'figures',
  'manifest.json',
  'experiment.yaml',
  'results.parquet',
  'points.bin',
  'report',
  'report.json',
];
const ODD = [
  ...[
    '..',
    '.',
    '',
    '%2e%2e',
    '%2E%2e',
    '..%2f',
    '%2f',
    '..%5c',
    '\\',
    '%00',
    '%',
    '%zz',
    '%c0%ae%c0%ae',
    '....',
    '~',
    'C:',
  ],
  ...[
    '.hidden',
    '.git',
    'secret.txt',
    'out',
    'link.txt',
    'loop',
    '.sweep',
    '.data',
    '__proto__',
    'x'.repeat(3000),
    '%1b[31m',
    'é',
  ],
  ...['?', '#', '?x=../..', ';', '*', ' '],
];
const METHODS = ['GET', 'GET', 'GET', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'FOO', ''];
const HEADERS = [
  ...[
    'Host: 127.0.0.1',
    'Host: localhost:1',
    'Host: example.org',
    'Host: [::1]',
    'Host:',
    'Origin: http://example.org',
  ],
  ...['Sec-Fetch-Site: cross-site', 'Range: bytes=0-10', 'Range: bytes=-1', 'Content-Length: 10', 'Content-Length: -1'],
  ...[
    'Transfer-Encoding: chunked',
    'Connection: upgrade',
    'Upgrade: websocket',
    'Expect: 100-continue',
    'If-None-Match: *',
  ],
  ...[`X: ${'y'.repeat(20_000)}`, 'Accept-Encoding: gzip', ': x', 'no colon', 'Host: a\u0000b', 'Cookie: a=b'],
];

const GOOD = [
  ...['/', '/index.html', '/runs/', '/runs/sweep.yaml', '/runs/sweep.yaml/.data', '/runs/run/.sweep', '/runs/.sweep'],
  ...[
    '/runs/run/manifest.json',
    '/runs/run/experiment.yaml',
    '/runs/run/experiment.yaml/.data',
    '/runs/run/results.parquet',
  ],
];

function pathOf(choices: Choices): string {
  if (choices.chance(0.4)) {
    const path = choices.pick(GOOD);
    if (choices.chance(0.5)) return path;
    const at = choices.whole(path.length + 1);
    return path.slice(0, at) + choices.pick(ODD) + path.slice(at + choices.whole(2));
  }
  const parts = Array.from({ length: 1 + choices.whole(6) }, () => choices.pick(choices.chance(0.5) ? NAMES : ODD));
  const begins = choices.pick([
    '/',
    '/runs/',
    '/runs/',
    '/runs/run/',
    '/docs/',
    '/assets/',
    '//',
    'http://127.0.0.1/',
    '',
  ]);
  return begins + parts.join('/') + (choices.chance(0.2) ? choices.pick(['/.sweep', '/.data', '/']) : '');
}

function requestOf(seed: number, number: number): string {
  const choices = new Choices(seed, number);
  const headers = [
    ...(choices.chance(0.8) ? ['Host: 127.0.0.1'] : []),
    ...Array.from({ length: choices.whole(3) }, () => choices.pick(HEADERS)),
    'Connection: close',
  ];
  const version = choices.chance(0.95) ? 'HTTP/1.1' : choices.pick(['HTTP/1.0', 'HTTP/9.9', 'FTP/1', '']);
  const text = `${choices.pick(METHODS)} ${pathOf(choices)} ${version}\r\n${headers.join('\r\n')}\r\n\r\n`;
  return choices.chance(0.05) ? text.slice(0, choices.whole(text.length)) : text;
}

/** What the server answers until it closes the connection; after a while this end says that there is no more to come. */
function ask(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const timer = setTimeout(() => socket.end(), 250);
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(Buffer.concat(chunks).toString('latin1'));
    });
    socket.on('end', () => socket.end());
    socket.setTimeout(LIMITS.seconds * 1000 + 1000, () => socket.destroy());
    socket.write(text, 'latin1');
  });
}

async function makeServed(parent: string): Promise<string> {
  const served = join(parent, 'served');
  await mkdir(served);
  await writeFile(join(served, 'sweep.yaml'), sweepFile({ points: 2 }));
  await meanderOutput(['sweep', 'sweep.yaml', '--out', 'run'], served);
  await writeFile(join(parent, 'secret.txt'), SECRET);
  for (const name of ['.hidden', '.git']) await writeFile(join(served, name), SECRET);
  for (const name of ['link.txt', 'run/link.txt']) await symlink(join(parent, 'secret.txt'), join(served, name));
  for (const name of ['out', 'run/out']) await symlink(parent, join(served, name));
  for (const name of ['loop', 'run/loop']) await symlink('.', join(served, name));
  return served;
}

function complaintsOf(answer: string, seconds: number, parent: string): string[] {
  const found: string[] = [];
  // A server may first ask for the body.
  const [head, ...rest] = answer.replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '').split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? NaN);
  if (answer !== '' && !(status >= 200 && status < 500)) found.push(`answered ${head.slice(0, 100)}`);
  if (answer.includes(SECRET)) found.push('gave away a file that is not served');
  // The table and the manifest of a run may name places; what the server says itself may not.
  if (status >= 400 && (body.includes(parent) || /^ +at .+[:(]/m.test(body))) found.push(`said ${body.slice(0, 300)}`);
  if (seconds > LIMITS.seconds) found.push(`took ${seconds.toFixed(1)} s`);
  return found;
}

export const server: Suite = async ({ seed, from, count }) => {
  const tally = new Tally();
  const parent = await mkdtemp(join(tmpdir(), 'meander-fuzz-'));
  const child = begin(['serve', await makeServed(parent), '--port', '0'], parent);
  try {
    let port: string | undefined;
    while (port === undefined) {
      await delay(20);
      [, port] = /127\.0\.0\.1:(\d+)/.exec(child.written().stdout) ?? [];
      if (child.exitCode !== null) throw new Error(`meander serve: ${child.written().stderr}`);
    }
    for (let number = from; number < from + count; number++) {
      const text = requestOf(seed, number);
      const begun = performance.now();
      const answer = await ask(Number(port), text);
      const seconds = (performance.now() - begun) / 1000;
      const bytes = residentBytes(child.pid);
      const asked = JSON.stringify(text.slice(0, 200));
      tally.measure(seconds, bytes);
      tally.count(/^HTTP\/1\.1 (\d)/.test(answer) ? `${answer[9]}xx` : 'closed');
      for (const complaint of complaintsOf(answer, seconds, parent)) tally.complain(number, `${asked}: ${complaint}`);
      if (bytes > LIMITS.bytes) tally.complain(number, `${asked}: the server takes ${Math.round(bytes / 2 ** 20)} MB`);
      if (child.exitCode !== null || child.signalCode !== null) {
        tally.complain(number, `${asked}: ended the server: ${child.written().stderr}`);
        break;
      }
      tally.case();
    }
    const { stderr } = child.written();
    if (stderr !== '') tally.complain(from + count - 1, `the server wrote ${JSON.stringify(stderr.slice(0, 600))}`);
  } finally {
    child.kill('SIGKILL');
    await child.ended;
    await rm(parent, { recursive: true });
  }
  return tally.findings;
};
