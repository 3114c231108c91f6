// The samples of README.md and docs/*.md do what the pages say. Rules: CONTRIBUTING.md.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ruleFilesIn, siteOf } from '#execute';
import { readExperiment } from '#experiment';
import { meander, root } from '../support/meander.js';
import { inDirectory } from '../support/directory.js';
import { commandsOf, samplesOf, type Sample } from '../support/samples.js';

const pages = [
  'README.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

const samplesIn = (page: string): Sample[] => samplesOf(readFileSync(join(root, page), 'utf8'));

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

async function run(command: string, args: readonly string[], cwd: string): Promise<string> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let stdout = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  expect(code, `${command} ${args.join(' ')}\n${output}`).toBe(0);
  return stdout;
}

/** Makes the directory that the samples assume: the examples, the installed package, and the command for npx. */
async function furnish(directory: string): Promise<void> {
  const bin = join(directory, 'node_modules/.bin');
  await mkdir(bin, { recursive: true });
  await writeFile(join(directory, 'package.json'), '{ "type": "module" }');
  await symlink(join(root, 'examples'), join(directory, 'examples'), 'dir');
  await symlink(root, join(directory, 'node_modules/meander-drift'), 'dir');
  await writeFile(join(bin, 'meander'), `#!/bin/sh\nexec node ${join(root, 'dist/cli/main.js')} "$@"\n`);
  await chmod(join(bin, 'meander'), 0o755);
}

/** Checks that a command which is not run here exists and has the options that the page gives. */
async function checkCommand([program, ...args]: readonly string[]): Promise<void> {
  if (program === 'npm') {
    const script = args[0] === 'run' ? args[1] : args[0];
    expect(script === 'ci' || script in scripts, `npm ${args.join(' ')}`).toBe(true);
    return;
  }
  expect(program).toBe('npx');
  if (args[0] === 'tsx') {
    const file = args.find((word) => word.endsWith('.ts')) ?? '';
    expect(existsSync(join(root, file)), file).toBe(true);
    return;
  }
  expect(args[0]).toBe('meander');
  const words = args.slice(1).filter((word) => !word.startsWith('--'));
  const { stdout } = await meander([...words.slice(0, words[1] === 'theory' ? 2 : 1), '--help']);
  for (const option of args.filter((word) => word.startsWith('--'))) expect(stdout).toContain(option);
}

/** What makes simulations short whose numbers no page shows. */
const SHORT = ['--set', 'simulation.targetError=1'];

/** Commands that are run here, except in samples about a cluster. */
const runHere = ['run', 'theory', 'sweep', 'status', 'resume', 'collect', 'show', 'export', 'analyse'];

/** Runs the commands of a sample and returns the output of the last. */
async function runShell(sample: Sample, directory: string, asItIs: boolean): Promise<string> {
  let output = '';
  const here = !sample.text.includes('--executor');
  for (const command of commandsOf(sample)) {
    const [program, name, verb, ...args] = command;
    if (program !== 'npx' || name !== 'meander' || !runHere.includes(verb) || !here) {
      await checkCommand(command);
      continue;
    }
    const short = ['run', 'sweep'].includes(verb) && !asItIs ? SHORT : [];
    const { code, stdout, stderr } = await meander([verb, ...args, ...short], directory);
    expect(code, stderr).toBe(0);
    output = stdout;
  }
  return output;
}

const linesOf = ({ text }: Sample): string[] => text.trimEnd().split('\n');

/** A sample without a model shows some keys of an experiment: the rest stands for it. */
const rest = {
  model: {
    hiddenUnits: 4,
    input: [{ kind: 'gaussian', covariance: [1.3, 1] }],
    learningRate: 0.01,
    weightDecay: 0.1,
  },
};

async function checkYaml({ text, file }: Sample, directory: string): Promise<void> {
  const shown = parse(text) as object | null;
  if (shown && ('executor' in shown || 'submit' in shown)) {
    siteOf('site.yaml', { executor: 'template', ...shown });
    return;
  }
  const whole = shown && 'model' in shown ? text : JSON.stringify({ ...rest, ...shown });
  await readExperiment(whole, { name: file ?? 'sample.yaml', loadRule: ruleFilesIn(directory) });
  if (file) await writeFile(join(directory, file), text);
}

async function runTypeScript({ text, file: name = 'sample.ts' }: Sample, directory: string): Promise<void> {
  const file = join(directory, name);
  await writeFile(file, text);
  await run(process.execPath, ['--import', import.meta.resolve('tsx'), file], directory);
}

it('the TypeScript samples have the types that they say', async () => {
  await inDirectory({}, async (directory) => {
    await furnish(directory);
    const files: string[] = [];
    for (const page of pages) {
      for (const { language, line, file: name = 'sample.ts', text } of samplesIn(page)) {
        if (language !== 'ts') continue;
        const own = join(directory, page, String(line));
        await mkdir(own, { recursive: true });
        await writeFile(join(own, name), text);
        files.push(join(own, name));
      }
    }
    expect(files.length).toBeGreaterThan(0);
    const options = ['--ignoreConfig', '--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2022'];
    const types = ['--types', 'node', '--typeRoots', join(root, 'node_modules/@types')];
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    await run(process.execPath, [tsc, ...options, ...types, ...files], directory);
  });
});

/** The packages that a Python sample imports. */
const packagesOf = ({ text }: Sample): string[] =>
  Array.from(text.matchAll(/^(?:from|import) ([\w, ]+)/gm), ([, names]) => names.split(/, */))
    .flat()
    .map((name) => name.split(' ')[0]);

/** Runs a sample; one that needs a package which is not installed here is only compiled, and counted as skipped below. */
async function runPython(sample: Sample, directory: string): Promise<void> {
  const { text } = sample;
  const compiled = ['-c', `compile(${JSON.stringify(text)}, 'sample', 'exec')`];
  await run('python3', missingPackages(sample).length === 0 ? ['-c', text] : compiled, directory);
}

const hasPython = ['/usr/bin', '/usr/local/bin', ...(process.env.PATH ?? '').split(':')].some((directory) =>
  existsSync(join(directory, 'python3')),
);

const pythonSamples = pages.flatMap((page) =>
  samplesIn(page)
    .filter(({ language }) => language === 'python')
    .map((sample) => ({ ...sample, page })),
);
const packages = [...new Set(pythonSamples.flatMap(packagesOf))];
const find = `import importlib.util as u; print(*(n for n in ${JSON.stringify(packages)} if not u.find_spec(n)))`;
const missing = hasPython ? execFileSync('python3', ['-c', find], { encoding: 'utf8' }).trim().split(' ') : [];
const missingPackages = (sample: Sample): string[] => packagesOf(sample).filter((name) => missing.includes(name));
const unequipped = pythonSamples.filter((sample) => missingPackages(sample).length > 0);

it.for(unequipped)('the Python sample at $page:$line runs', (sample, { skip }) => {
  skip(`not installed: ${missingPackages(sample).join(', ')}; the sample was only compiled`);
});

describe.each(pages)('%s', (page) => {
  const samples = samplesIn(page);
  const python = samples.some(({ language }) => language === 'python');

  it.skipIf(samples.length === 0)('has samples that work', async (context) => {
    if (python && !hasPython) context.skip('there is no python3');
    await inDirectory({}, async (directory) => {
      await furnish(directory);
      let output = '';
      for (const [k, sample] of samples.entries()) {
        switch (sample.language) {
          case 'sh':
            output = await runShell(sample, directory, samples[k + 1]?.output !== undefined);
            break;
          case 'yaml':
            await checkYaml(sample, directory);
            break;
          case 'python':
            await runPython(sample, directory);
            break;
          case 'ts':
            await runTypeScript(sample, directory);
            break;
          case 'text':
            if (sample.output === 'whole') expect(sample.text).toBe(output);
            if (sample.output === 'part') expect(output.split('\n')).toEqual(expect.arrayContaining(linesOf(sample)));
            break;
          default:
            throw new Error(`${page}:${sample.line}: nothing is known about samples of ${sample.language}`);
        }
      }
    });
  });
});
