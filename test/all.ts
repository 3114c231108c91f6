// The one test command: builds, checks style and import rules, runs every test, and ends with one line of counts. With --quick,
// the everyday loop: types, eslint, and the tests of the projects unit, cli and alone.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { staleOf, type Part } from './support/built-sources.js';
import { provideSystemPackages } from './support/system-packages.js';

const quick = process.argv.includes('--quick');

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** A check is one command that must end with 0. */
interface Check {
  readonly name: string;
  readonly command: readonly string[];
}

const tsc = (project: string): string[] => ['npx', 'tsc', '-p', `tsconfig${project}.json`];

const types: readonly Check[] = [
  { name: 'types', command: tsc('') },
  { name: 'types of the portable core', command: tsc('.portable') },
  { name: 'types of the web files', command: tsc('.web') },
];
const eslint: Check = {
  name: 'eslint',
  command: ['npx', 'eslint', '.', '--cache', '--cache-location', 'node_modules/.cache/eslint/'],
};
const rules: readonly Check[] = [
  { name: 'types of the docs site', command: tsc('.docs') },
  { name: 'import rules', command: ['npx', 'depcruise', '--config', '.dependency-cruiser.cjs', 'src'] },
  { name: 'formatting', command: ['npx', 'prettier', '--check', '.'] },
  { name: 'nothing unused', command: ['npx', 'knip'] },
];

/** Runs commands one after the other, and shows the output of each once it has ended. */
async function runChecks(checks: readonly Check[]): Promise<Counts> {
  let failed = 0;
  for (const { name, command } of checks) {
    const { ok, output } = await run(command);
    console.log(`${ok ? '' : output}${ok ? 'passed' : 'FAILED'}: ${name}`);
    if (!ok) failed++;
  }
  return { passed: checks.length - failed, failed, skipped: 0 };
}

function run([command, ...args]: readonly string[]): Promise<{ readonly ok: boolean; readonly output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    }
    child.on('error', (error) => {
      resolve({ ok: false, output: `${error.message}\n` });
    });
    child.on('close', (code) => {
      resolve({ ok: code === 0, output });
    });
  });
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
}

/** Runs the tests of some projects, of all unless given. */
async function runTests(projects: readonly string[] = []): Promise<Counts> {
  const directory = mkdtempSync(join(tmpdir(), 'meander-tests-'));
  const file = join(directory, 'report.json');
  const args = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  try {
    const child = spawn('npx', ['vitest', 'run', ...args, ...projects.flatMap((name) => ['--project', name])], {
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
    });
    const ok = await new Promise<boolean>((resolve) => {
      child.on('error', () => {
        resolve(false);
      });
      child.on('close', (code) => {
        resolve(code === 0);
      });
    });
    const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport;
    // A file that could not be loaded, or a hook that failed, leaves no failed test, but it failed.
    const broken = report.testResults.filter(
      ({ status, assertionResults }) =>
        status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
    );
    const failures = report.numFailedTests + broken.length;
    return {
      passed: report.numPassedTests,
      failed: ok ? failures : Math.max(failures, 1),
      skipped: report.numPendingTests,
    };
  } catch (error) {
    console.error(`the test run left no report: ${String(error)}`);
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/**
 * Everything builds on dist/: nothing else is tried where it cannot be made. What `npm ci` has built from the sources of now is
 * not built again, but for the page, into which more than sources goes.
 */
function build(parts: readonly Part[]): Counts {
  const stale = staleOf(parts);
  const ok = parts
    .filter((part) => part === 'web' || stale.includes(part))
    .every((part) => spawnSync('npm', ['run', '--silent', `build:${part}`], { stdio: 'inherit' }).status === 0);
  console.log(`${ok ? 'passed' : 'FAILED'}: build`);
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
}

async function all(): Promise<Counts[]> {
  if (quick) {
    const built = build(['node', 'kernel']);
    if (built.failed > 0) return [built];
    return [built, ...(await Promise.all([runChecks([...types, eslint]), runTests(['unit', 'alone', 'cli'])]))];
  }
  provideSystemPackages();
  // In this order: the page brings the kernel.
  const built = build(['node', 'kernel', 'web']);
  if (built.failed > 0) return [built];
  // The checks beside the tests: statistical tests leave a core idle now and then.
  return [built, ...(await Promise.all([runChecks([...types, eslint, ...rules]), runTests()]))];
}

const counts = await all();
const sum = (key: keyof Counts): number => counts.reduce((total, count) => total + count[key], 0);
console.log(
  `${sum('passed')} passed, ${sum('failed')} failed${sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : ''}`,
);
process.exitCode = sum('failed') > 0 ? 1 : 0;
