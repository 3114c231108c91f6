import { spawnSync } from 'node:child_process';
import { definitionOf, epochSize, isTwoLayer, type RuleModel } from '#model';
import { stepProgram } from '../../compiled-rule/program/step-program.js';
import { compilerCandidates } from '../compiler.node.js';
import type { Environment } from '../place.node.js';

/** Why the native kernel cannot make the steps of a model, where it is built; null where it can. */
export function nativeObstacle(env: Environment, model: RuleModel): string | null {
  if (isTwoLayer(model)) return epochSize(model.input) > 0 ? 'two-layer SGD in epochs takes the readable step' : null;
  const definition = definitionOf(model);
  if (!definition) return 'the rule has no definition';
  const { program } = stepProgram(definition, model, []);
  const operations = [program.sample, program.update].flatMap((section) => section?.operations ?? []);
  if (operations.some(({ kind }) => kind === 'map')) return 'functions of numbers (map) are JavaScript';
  const compilers = compilerCandidates(env);
  const isThere = compilers.some((compiler) => spawnSync(compiler, ['--version'], { env: { ...env } }).status === 0);
  return isThere ? null : `there is no C compiler (tried ${compilers.join(', ')}) for steps not compiled before`;
}
