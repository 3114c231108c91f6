// What `meander serve` gives away, and what not.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { meander, root } from '../support/meander.js';
import { inDirectory } from '../support/directory.js';
import { serveLab, type ServedLab } from '../support/lab.js';

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** Asks for a path as it stands: fetch would tidy it. */
const ask = (url: string, path: string, method = 'GET', headers: Record<string, string> = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const asking = request({ hostname, port, path, method, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, body, headers: response.headers });
      });
    });
    asking.on('error', reject).end();
  });

describe('the server of the lab', () => {
  let lab: ServedLab;
  beforeAll(async () => {
    lab = await serveLab();
  });
  afterAll(() => lab.close());

  it('listens on this machine only and serves the page with a content security policy', async () => {
    expect(new URL(lab.url).hostname).toBe('127.0.0.1');
    const { status, body, headers } = await ask(lab.url, '/');
    expect(status).toBe(200);
    expect(body).toContain('<title>Meander</title>');
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self' 'wasm-unsafe-eval';/);
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('serves the docs: every page, and all that the pages show and link to', async () => {
    const found = new Map<string, string>();
    const follow = async (path: string): Promise<void> => {
      if (found.has(path)) return;
      const { status, body, headers } = await ask(lab.url, path);
      expect(status, path).toBe(200);
      found.set(path, body);
      if (!String(headers['content-type']).startsWith('text/html') || !path.startsWith('/docs/')) return;
      for (const [, target] of body.matchAll(/(?:href|src)="([^"]+)"/g)) {
        if (/^[a-z]+:/.test(target)) continue;
        const { pathname, hash } = new URL(target, new URL(path, lab.url));
        await follow(pathname);
        if (hash) expect(found.get(pathname), target).toContain(`id="${hash.slice(1)}"`);
      }
    };
    await follow('/docs/lab.html');
    const pages = (await readdir(join(root, 'docs'))).filter((name) => name.endsWith('.md') && name !== 'index.md');
    for (const page of pages) expect(found.keys()).toContain(`/docs/${page.replace('.md', '.html')}`);
    expect(found.get('/docs/theory.html')).toContain('class="katex"');
    expect((await ask(lab.url, '/docs/theory.html')).headers['content-security-policy']).not.toContain('script-src');
  });

  it.each([
    '/../package.json',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/assets/../../cli/main.js',
    '/..\\package.json',
    '//etc/passwd',
    '/.hidden',
    '/assets/%00',
  ])('refuses %s', async (path) => {
    expect((await ask(lab.url, path)).status).toBe(403);
  });

  it.each(['/nothing.js', '/C:/x', '/assets', '/runs/', '/runs/x/report.json'])('has no %s', async (path) => {
    expect((await ask(lab.url, path)).status).toBe(404);
  });

  it('refuses what is no address, another method, and another name for this machine', async () => {
    expect((await ask(lab.url, '/%zz')).status).toBe(400);
    expect((await ask(lab.url, '/', 'POST')).status).toBe(405);
    expect((await ask(lab.url, '/', 'GET', { host: 'drift.example' })).status).toBe(403);
  });

  it('answers no other site in a browser, which may only link to a page', async () => {
    const { host } = new URL(lab.url);
    const status = async (path: string, headers: Record<string, string>): Promise<number> =>
      (await ask(lab.url, path, 'GET', headers)).status;
    const link = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    for (const site of ['cross-site', 'same-site']) {
      expect(await status('/', { 'sec-fetch-site': site })).toBe(403);
      expect(await status('/', { 'sec-fetch-site': site, ...link })).toBe(200);
      expect(await status('/runs/', { 'sec-fetch-site': site, ...link })).toBe(403);
    }
    for (const origin of ['http://drift.example', 'null', 'http://127.0.0.1:1']) {
      expect(await status('/', { origin })).toBe(403);
    }
    expect(await status('/', { 'sec-fetch-site': 'same-origin', origin: `http://${host}` })).toBe(200);
    expect(await status('/', { 'sec-fetch-site': 'none', ...link })).toBe(200);
  });
});

it('serves the runs of a directory, and no link that leads out of it', async () => {
  await inDirectory({ 'secret.txt': 'secret' }, async (outside) => {
    await inDirectory({ 'note.txt': 'a note' }, async (directory) => {
      await mkdir(join(directory, 'run'));
      await writeFile(join(directory, 'run/report.json'), '{}');
      await symlink(join(outside, 'secret.txt'), join(directory, 'run/link.txt'));
      await symlink(outside, join(directory, 'out'));
      await mkdir(join(directory, 'sweep'));
      await writeFile(join(directory, 'sweep/manifest.json'), '{}');
      const lab = await serveLab([directory]);
      try {
        expect(JSON.parse((await ask(lab.url, '/runs/')).body)).toEqual({
          runs: [
            { path: 'run', kind: 'report', files: ['report.json'] },
            { path: 'sweep', kind: 'sweep', files: ['manifest.json'] },
          ],
          whole: true,
        });
        const { body, headers } = await ask(lab.url, '/runs/run/report.json');
        expect(body).toBe('{}');
        expect(headers['content-security-policy']).toBe("default-src 'none'; sandbox");
        const damaged = await ask(lab.url, '/runs/sweep/.sweep');
        expect(damaged.status).toBe(422);
        expect(damaged.body).toContain('manifest.json: is damaged: format');
        expect(damaged.body).not.toMatch(/\/(proc|tmp)\//);
        expect(damaged.body).toMatch(/^sweep\/manifest\.json: /);
        await symlink(join(outside, 'secret.txt'), join(directory, 'sweep/points.bin'));
        for (const path of [
          '/runs/run/link.txt',
          '/runs/out/secret.txt',
          '/runs/../secret.txt',
          '/runs/sweep/.sweep',
          '/runs/../.sweep',
          '/runs/out/.sweep',
        ]) {
          const answer = await ask(lab.url, path);
          expect([path, answer.status, answer.body.includes('secret\n')]).toEqual([path, 403, false]);
        }
      } finally {
        await lab.close();
      }
    });
  });
});

/** Writes files into a directory, with the directories on their way. */
async function fill(directory: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), content);
  }
}

/** Asks `meander serve` for things in a directory with these files. */
async function serving(
  files: Readonly<Record<string, string>>,
  body: (url: string, directory: string) => Promise<void>,
): Promise<void> {
  await inDirectory({}, async (directory) => {
    await fill(directory, files);
    const lab = await serveLab([directory]);
    try {
      await body(lab.url, directory);
    } finally {
      await lab.close();
    }
  });
}

const listed = async (url: string): Promise<{ readonly runs: readonly { path: string }[]; readonly whole: boolean }> =>
  JSON.parse((await ask(url, '/runs/')).body) as { runs: { path: string }[]; whole: boolean };

it('lists runs to a depth of 4, under any name that can be served, and nothing that lies outside or is hidden', async () => {
  const runs = ['a:b', 'a\\b', 'one/two/three/four', 'r'].map((path) => `${path}/report.json`);
  const others = ['1/2/3/4/5/report.json', '.hidden/report.json', 'r/inner/report.json'];
  await inDirectory({ 'report.json': '{}' }, async (outside) => {
    await serving(Object.fromEntries([...runs, ...others].map((path) => [path, path])), async (url, directory) => {
      await symlink(outside, join(directory, 'one/out'));
      await symlink(directory, join(directory, 'one/around'));
      const { runs: found, whole } = await listed(url);
      expect(found.map(({ path }) => path)).toEqual(runs.map((path) => dirname(path)));
      expect(whole).toBe(true);
      for (const path of runs) {
        expect(await ask(url, `/runs/${path.split('/').map(encodeURIComponent).join('/')}`)).toMatchObject({
          status: 200,
          body: path,
        });
      }
    });
  });
});

it('lists each run once, whatever links lead to it', async () => {
  await serving({ 'one/run/report.json': '{}' }, async (url, directory) => {
    for (const [k, target] of ['.', '..', directory, 'run'].entries())
      await symlink(target, join(directory, `one/${k}`));
    expect((await listed(url)).runs.map(({ path }) => path)).toEqual(['one/run']);
    expect((await ask(url, '/runs/one/3/report.json')).body).toBe('{}');
  });
});

it('serves the files of the listed runs, and nothing else in the directory', async () => {
  const files = {
    id_rsa: 'secret',
    'notes/e.yaml': 'a: 1',
    '1/2/3/4/5/report.json': '{}',
    'run/report.json': '{}',
    'run/figures/D.svg': '<svg/>',
    'run/.ssh/id_rsa': 'secret',
    '.hidden/report.json': '{}',
  };
  await serving(files, async (url, directory) => {
    await symlink('.ssh/id_rsa', join(directory, 'run/key.txt'));
    await symlink('.ssh', join(directory, 'run/keys'));
    await symlink('../id_rsa', join(directory, 'run/outside.txt'));
    await symlink('.hidden', join(directory, 'seen'));
    const status = async (path: string): Promise<[string, number]> => [path, (await ask(url, `/runs/${path}`)).status];
    for (const path of ['run/report.json', 'run/figures/D.svg']) expect(await status(path)).toEqual([path, 200]);
    for (const path of ['id_rsa', 'notes/e.yaml', 'notes/e.yaml/.data', '1/2/3/4/5/report.json', 'run/outside.txt'])
      expect(await status(path)).toEqual([path, 404]);
    for (const path of ['run/key.txt', 'run/keys/id_rsa', 'seen/report.json', 'seen/.sweep'])
      expect(await status(path)).toEqual([path, 403]);
  });
});

/** Lets a directory give way to a link and back, in a process of its own, so that it happens between any two steps of the server. */
const swapper = `
const { renameSync, symlinkSync } = require('node:fs');
const [part, outside] = process.argv.slice(1);
const [aside, link] = [part + '.aside', part + '.link'];
const wait = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.random() * 2);
symlinkSync(outside, link);
for (;;) {
  renameSync(part, aside);
  renameSync(link, part);
  wait();
  renameSync(part, link);
  renameSync(aside, part);
  wait();
}`;

it('serves nothing from outside while a directory gives way to a link and back', async () => {
  await inDirectory({ 'file.txt': 'secret' }, async (outside) => {
    await serving({ 'run/report.json': '{}', 'run/part/file.txt': 'open' }, async (url, directory) => {
      const swapping = spawn(process.execPath, ['-e', swapper, join(directory, 'run/part'), outside]);
      const ended = once(swapping, 'close');
      const seen = new Set<string>();
      for (let k = 0; k < 500; k++) {
        const answers = Array.from({ length: 8 }, () => ask(url, '/runs/run/part/file.txt'));
        for (const { status, body } of await Promise.all(answers)) {
          seen.add(status === 200 ? body : 'refused');
        }
      }
      swapping.kill();
      await ended;
      expect([...seen].sort()).toEqual(['open', 'refused']);
    });
  });
});

it('reads the experiment file of a listed run only, and no large one', async () => {
  const large = `a: [${'1, '.repeat(100_000)}]`;
  const files = { 'run/report.json': '{}', 'run/large.yaml': large, 'run/data/e.yaml': 'a: 1', 'run/x.csv': 'a: 1' };
  await serving(files, async (url) => {
    const data = (path: string): Promise<Answer> => ask(url, `/runs/run/${path}/.data`);
    expect(await data('large.yaml')).toMatchObject({
      status: 413,
      body: 'run/large.yaml: has more than 262144 bytes, the lab reads no more\n',
    });
    for (const path of ['data/e.yaml', 'x.csv', 'report.json'])
      expect([path, (await data(path)).status]).toEqual([path, 404]);
  });
});

it('serves nothing of a run that a browser would run or lay out, and names no path of this machine', async () => {
  const names = ['a.js', 'a.html', 'a.css', 'a.wasm', 'a.xhtml', 'a'];
  const files = Object.fromEntries([...names, 'bad.yaml', 'report.json'].map((name) => [`run/${name}`, 'a: [']));
  await serving(files, async (url, directory) => {
    for (const name of names) {
      const { headers } = await ask(url, `/runs/run/${name}`);
      expect([name, headers['content-type'], headers['x-content-type-options']]).toEqual([
        name,
        'text/plain; charset=utf-8',
        'nosniff',
      ]);
    }
    for (const path of ['run/bad.yaml/.data', 'run/.sweep', 'run/none', '.sweep', 'run/report.json/none']) {
      const { status, body } = await ask(url, `/runs/${path}`);
      expect([path, status >= 400, body.includes(directory), /\/(proc|tmp)\//.test(body)]).toEqual([
        path,
        true,
        false,
        false,
      ]);
    }
  });
});

it('answers to the names that it is bound to when other machines can reach it', async () => {
  const lab = await serveLab(['--host', '0.0.0.0']);
  try {
    const status = async (host: string): Promise<number> => (await ask(lab.url, '/', 'GET', { host })).status;
    for (const host of ['localhost', hostname(), '127.0.0.1:8642', '[::1]:8642'])
      expect([host, await status(host)]).toEqual([host, 200]);
    for (const host of ['drift.example', `${hostname()}.drift.example`])
      expect([host, await status(host)]).toEqual([host, 403]);
  } finally {
    await lab.close();
  }
});

it('looks at a bounded number of entries for runs, and says where it did not look', async () => {
  const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, k) => [`many/${k}`, '']));
  await serving({ ...many, 'run/report.json': '' }, async (url) => {
    expect(await listed(url)).toMatchObject({ runs: [{ path: 'run' }], whole: false });
  });
});

it('tells which data files an experiment names, and which of them are not there', async () => {
  const experiment = `model: { input: [{ kind: dataset, file: ../far/x.npy }], target: { file: data/t.csv } }
sweep: { model.input.0.file: [../far/x.npy, gone.npy] }
`;
  const data = { 'run/x.npy': '', 'run/data/t.csv': '', 'run/y.npy': '' };
  await serving({ 'run/e.yaml': experiment, 'run/report.json': '{}', ...data }, async (url) => {
    const { body } = await ask(url, '/runs/run/e.yaml/.data');
    expect(JSON.parse(body)).toEqual({ data: ['x.npy', 'data/t.csv'], missing: ['gone.npy'] });
    expect((await ask(url, '/runs/run/none.yaml/.data')).status).toBe(404);
    expect((await ask(url, '/runs/../e.yaml/.data')).status).toBe(403);
  });
});

it('serves a file of 3 GB, its size first, and lives on when the client goes', async () => {
  await serving({ 'run/report.json': '{}', 'run/empty.csv': '', 'run/large.npy': '' }, async (url, directory) => {
    const size = 3 * 2 ** 30;
    await truncate(join(directory, 'run/large.npy'), size);
    const head = await ask(url, '/runs/run/large.npy', 'HEAD');
    expect([head.status, head.headers['content-length'], head.body]).toEqual([200, String(size), '']);
    const leaving = new AbortController();
    const response = await fetch(`${url}runs/run/large.npy`, { signal: leaving.signal });
    expect(response.status).toBe(200);
    await response.body?.getReader().read();
    leaving.abort();
    expect(await ask(url, '/runs/run/empty.csv')).toMatchObject({ status: 200, body: '' });
  });
});

it('warns when other machines can read what it serves', async () => {
  const warned = async (...host: string[]): Promise<string> => {
    const lab = await serveLab(['.', ...host]);
    await lab.close();
    return lab.warnings();
  };
  expect(await warned('--host', '0.0.0.0')).toMatch(
    /^everyone who reaches http:\/\/0\.0\.0\.0:\d+\/ can read the lab and the runs in \.;/,
  );
  expect(await warned()).toBe('');
});

it.each([
  [['--port', '99999'], '--port 99999: expected a whole number from 0 to 65535'],
  [['nowhere'], 'nowhere: there is no such file, expected a directory of runs'],
  [['package.json'], 'package.json: found a file, expected a directory of runs'],
])('meander serve %j says what is wrong', async (args, message) => {
  expect(await meander(['serve', ...args])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(message) as string,
  });
});
