import { existsSync } from 'node:fs';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inDirectory } from '../support/directory.js';
import { begin, spawnMeander } from '../support/meander.js';
import { nativeEnvironment, noNative } from '../support/native.js';
import { experiment } from '../support/small-run.js';
import { until } from '../support/until.js';

const wasm = { ...process.env, MEANDER_KERNEL: 'wasm' };
const native = { ...process.env, ...nativeEnvironment };

describe.skipIf(noNative !== null)(`the native kernel${noNative === null ? '' : ` (skipped: ${noNative})`}`, () => {
  it('is built, used and named by meander run, whose report keeps its bytes, and removed', async () => {
    await inDirectory({ 'small.yaml': experiment() }, async (directory) => {
      const env = { ...process.env, MEANDER_KERNEL: '', XDG_CACHE_HOME: join(directory, 'cache') };
      const call = (...args: string[]) => spawnMeander(args, directory, env);
      const run = ['run', 'small.yaml', '--json'];
      const before = await call(...run);
      expect(before.code).toBe(0);
      expect(before.stderr).not.toContain('kernel');
      const built = await call('native', '--json');
      const { file, kernel } = JSON.parse(built.stdout) as { readonly file: string; readonly kernel: string };
      expect(kernel).toMatch(/^native kernel, (128|256|512) bits$/);
      expect(file.startsWith(join(directory, 'cache', 'meander', 'native'))).toBe(true);
      const after = await call(...run);
      expect(after.stderr).toContain(kernel);
      expect(after.stdout).toBe(before.stdout);
      expect((await call('native')).stdout).toContain('is there');
      expect((await call('native', '--remove')).code).toBe(0);
      expect(existsSync(file)).toBe(false);
      expect((await call(...run, '--timing')).stderr).toContain('WebAssembly kernel, 128 bits');
    });
  });

  it('makes the steps of another rule, with the report of WebAssembly, unless there is no compiler any more', async () => {
    const oja = `name: oja
model: { rule: oja, outputs: 2, input: [{ kind: gaussian, covariance: [1.3, 1.0, 0.8] }], learningRate: 0.02 }
simulation: { replicas: 4, seed: 3, burnIn: 200, lag: 20, duration: 600 }
`;
    await inDirectory({ 'oja.yaml': oja }, async (directory) => {
      const command = ['run', 'oja.yaml', '--json', '--timing'];
      const without = await spawnMeander(command, directory, { ...native, CC: join(directory, 'none') });
      expect(without.stderr).toContain('WebAssembly kernel, 128 bits: there is no C compiler (tried ');
      const found = await spawnMeander(command, directory, native);
      expect(found.stderr).toMatch(/native kernel, (128|256|512) bits/);
      const expected = await spawnMeander(command, directory, wasm);
      const untimed = (text: string): string => text.replace(/"seconds": ?[\d.]+/g, '');
      for (const { code, stdout } of [without, found]) {
        expect(code).toBe(0);
        expect(untimed(stdout)).toBe(untimed(expected.stdout));
      }
    });
  });

  it('goes on where WebAssembly was interrupted, to the same report', async () => {
    const text = experiment().replace('lag: 20, duration: 600', 'lag: 2000, duration: 20000000');
    await inDirectory({ 'small.yaml': text }, async (directory) => {
      const into = (name: string) => ['run', 'small.yaml', '--out', name];
      const whole = await spawnMeander(into('whole'), directory, native);
      expect(whole.code).toBe(0);
      const run = begin(into('out'), directory, wasm);
      // Not before the progress display shows that replicas are under way.
      await until(() => /[1-9]\S* M steps/.test(run.written().stderr));
      run.kill('SIGINT');
      expect((await run.ended).code).toBe(130);
      const resumed = await spawnMeander(['resume', 'out'], directory, native);
      expect(resumed.stderr).toContain('native kernel');
      const [found, expected] = await Promise.all(
        ['out', 'whole'].map((name) => readFile(join(directory, name, 'report.json'), 'utf8')),
      );
      expect(found).toBe(expected);
    });
  });
});

describe('meander native', () => {
  it('says what to install where there is no compiler, and ends with 2', async () => {
    await inDirectory({}, async (directory) => {
      const env = { ...process.env, XDG_CACHE_HOME: directory, CC: join(directory, 'none') };
      const { code, stderr } = await spawnMeander(['native'], directory, env);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^no C compiler found \(tried .*none\): install gcc or clang/);
    });
  });

  it('tells of a library that cannot be loaded, without which meander run goes on with WebAssembly', async () => {
    await inDirectory({ 'small.yaml': experiment(), 'cc.sh': '' }, async (directory) => {
      // A compiler that makes an empty file of what it is asked for.
      const script = '#!/bin/sh\nwhile [ $# -gt 0 ]; do if [ "$1" = -o ]; then : > "$2"; fi; shift; done\n';
      await writeFile(join(directory, 'cc.sh'), script);
      await chmod(join(directory, 'cc.sh'), 0o755);
      const env = { ...process.env, MEANDER_KERNEL: '', XDG_CACHE_HOME: directory, CC: join(directory, 'cc.sh') };
      expect((await spawnMeander(['native'], directory, env)).stdout).toContain('WebAssembly kernel, 128 bits: ');
      const { code, stderr } = await spawnMeander(['run', 'small.yaml'], directory, env);
      expect(code).toBe(0);
      expect(stderr).toContain('meander native --remove and meander native build it anew');
    });
  });

  it('is not used where MEANDER_KERNEL is no kernel: meander run ends with 2', async () => {
    await inDirectory({ 'small.yaml': experiment() }, async (directory) => {
      const env = { ...process.env, MEANDER_KERNEL: 'fast' };
      const { code, stderr } = await spawnMeander(['run', 'small.yaml'], directory, env);
      expect({ code, stderr: stderr.trim() }).toEqual({
        code: 2,
        stderr: 'MEANDER_KERNEL is fast: expected wasm, native, native-128, native-256 or native-512',
      });
    });
  });
});
