// The one test command: builds, checks the style and the rules, runs every test, and ends with one line of counts.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provideSystemPackages } from './system-packages.js';

const run = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' }).status ===
  0;

const checks: [name: string, command: string[]][] = [
  ['build', ['npm', 'run', '--silent', 'build']],
  ['types', ['npx', 'tsc', '-p', 'tsconfig.json']],
  ['types of the portable core', ['npx', 'tsc', '-p', 'tsconfig.portable.json']],
  ['types of the web files', ['npx', 'tsc', '-p', 'tsconfig.web.json']],
  ['types of the docs site', ['npx', 'tsc', '-p', 'tsconfig.docs.json']],
  ['eslint', ['npx', 'eslint', '.']],
  ['who imports whom', ['npx', 'depcruise', '--config', '.dependency-cruiser.cjs', 'src']],
  ['formatting', ['npx', 'prettier', '--check', '.']],
  ['nothing unused', ['npx', 'knip']],
];

provideSystemPackages();

let passed = 0;
let failed = 0;
let skipped = 0;
for (const [name, command] of checks) {
  const ok = run(command[0], ...command.slice(1));
  console.log(`${ok ? 'passed' : 'FAILED'}: ${name}`);
  if (ok) passed++;
  else failed++;
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
}

const directory = mkdtempSync(join(tmpdir(), 'meander-tests-'));
try {
  const file = join(directory, 'report.json');
  const ok = run('npx', 'vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`);
  const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport;
  passed += report.numPassedTests;
  skipped += report.numPendingTests;
  // A file that could not be loaded, or a hook that failed, leaves no failed test, but it failed.
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  );
  const failures = report.numFailedTests + broken.length;
  failed += ok ? failures : Math.max(failures, 1);
} catch (error) {
  console.error(`the test run left no report: ${String(error)}`);
  failed++;
} finally {
  rmSync(directory, { recursive: true, force: true });
}

console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 ? 1 : 0;
