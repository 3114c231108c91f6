import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { compilerCandidates, headers, linkOptions } from '../compiler.node.js';
import type { RuleLibrary } from '../library.js';
import { commonOptions, libraryFile, optionsOfWidth, sourceDirectory, type Environment } from '../place.node.js';

/** Where the library of a generated step is, or will be: beside the native kernel of this version. */
function ruleFile(env: Environment, source: string, width: number): string {
  const hash = createHash('sha256').update(source).digest('hex').slice(0, 24);
  return join(dirname(libraryFile(env)), 'rules', `${hash}-${width}.node`);
}

/**
 * The library of a step written in C, for vectors of `width` bits; compiled where it is not there yet, in a second or two.
 * Returns why there is none otherwise. Processes that need the same one at once each compile it, and the last one stays.
 */
export function ruleLibrary(env: Environment, source: string, width: number): RuleLibrary | string {
  const file = ruleFile(env, source, width);
  if (!existsSync(file)) {
    const problem = build(env, file, source, width);
    if (problem !== null) return problem;
  }
  try {
    return createRequire(import.meta.url)(file) as RuleLibrary;
  } catch (error) {
    return `${file} cannot be loaded (${(error as Error).message})`;
  }
}

/** Compiles; returns what is in the way. */
function build(env: Environment, file: string, source: string, width: number): string | null {
  let work: string | null = null;
  try {
    mkdirSync(dirname(file), { recursive: true });
    work = mkdtempSync(join(dirname(file), '.build-'));
    const step = join(work, 'step.h');
    const library = join(work, 'rule.node');
    writeFileSync(step, source);
    const options = [
      ...commonOptions,
      '-O2',
      ...optionsOfWidth(width),
      ...linkOptions,
      ...[
        '-I',
        headers(),
        `-DBITS=${width}`,
        `-DSTEP="${step}"`,
        join(sourceDirectory, 'rule.c'),
        '-o',
        library,
        '-lm',
      ],
    ];
    const problem = compile(env, options);
    if (problem !== null) return problem;
    renameSync(library, file);
    return null;
  } catch (error) {
    return (error as Error).message;
  } finally {
    if (work !== null) rmSync(work, { recursive: true, force: true });
  }
}

function compile(env: Environment, options: readonly string[]): string | null {
  for (const compiler of compilerCandidates(env)) {
    try {
      execFileSync(compiler, options, { env: { ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
      return null;
    } catch (error) {
      const { code, stderr } = error as { readonly code?: unknown; readonly stderr?: Buffer };
      if (code === 'ENOENT') continue;
      const line = String(stderr)
        .split('\n')
        .find((text) => text.includes('error'));
      return `${compiler} cannot compile the step of the rule: ${line ?? (error as Error).message}`;
    }
  }
  return `there is no C compiler (tried ${compilerCandidates(env).join(', ')})`;
}
