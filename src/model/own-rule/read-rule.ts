import { nearest } from '#core';
import { members, type OwnRule } from './own-rule.js';
import type { RuleParameter, RuleParameters } from './parameters.js';
import { ruleError, shown } from './rule-error.js';

const NAME = /^[A-Za-z][\w-]{0,39}$/;

type MemberName = keyof typeof members;
const memberNames = Object.keys(members) as MemberName[];
const functions: readonly MemberName[] = memberNames.filter((name) => !['name', 'parameters', 'degree'].includes(name));

/** The default export of a rule file as a rule. Throws InvalidInputError naming the member that is wrong. */
export function readRule(exported: unknown, file: string): OwnRule {
  const fail = (message: string): never => {
    throw ruleError(file, message);
  };
  if (exported === undefined) fail('has no default export, expected export default defineRule({ … })');
  if (typeof exported !== 'object' || exported === null || Array.isArray(exported) || exported instanceof Promise) {
    fail(`exports ${shown(exported)} as its default, expected export default defineRule({ … })`);
  }
  const given = exported as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(given)) {
    if (Object.hasOwn(members, key)) continue;
    const meant = nearest(key, memberNames);
    fail(
      `unknown member ${key} of the rule, ${meant ? `did you mean ${meant}?` : `expected ${memberNames.join(', ')}`}`,
    );
  }
  for (const name of memberNames) {
    if (members[name] === 'required' && given[name] === undefined) fail(`${name} is missing, expected ${kindOf(name)}`);
  }
  const { name, degree, parameters } = given;
  if (typeof name !== 'string' || !NAME.test(name)) {
    fail(`name is ${shown(name)}, expected a text of letters, digits, _ and -, at most 40, a letter first`);
  }
  if (degree !== undefined && degree !== null && !(Number.isInteger(degree) && Number(degree) >= 0)) {
    fail(`degree is ${shown(degree)}, expected a whole number of at least 0, or null for a rule that is no polynomial`);
  }
  for (const member of functions) {
    const value = given[member];
    if (value === undefined) continue;
    if (typeof value !== 'function') fail(`${member} is ${shown(value)}, expected ${kindOf(member)}`);
    if (isAsynchronous(value))
      fail(`${member} is an asynchronous function, expected one that returns its value at once`);
  }
  if (parameters !== undefined) assertParameters(parameters, fail);
  return exported as OwnRule;
}

/** What a member has to be. */
function kindOf(name: MemberName): string {
  if (name === 'name') return 'a text';
  return `a function (docs/your-own-rule.md)`;
}

function isAsynchronous(value: unknown): boolean {
  const tag = Object.prototype.toString.call(value);
  return tag === '[object AsyncFunction]' || tag.endsWith('GeneratorFunction]');
}

/** Keys of `model` that every rule has. */
const COMMON = ['rule', 'input', 'learningRate', 'synapticNoise', 'noiseSource'];

const options: Readonly<Record<RuleParameter['kind'], readonly string[]>> = {
  number: [],
  integer: [],
  list: ['length'],
  matrix: ['rows', 'cols'],
};
const SHARED = ['kind', 'description', 'min', 'above', 'max', 'default'];

function assertParameters(parameters: unknown, fail: (message: string) => never): asserts parameters is RuleParameters {
  if (typeof parameters !== 'object' || parameters === null || Array.isArray(parameters)) {
    fail(`parameters are ${shown(parameters)}, expected an object such as { strength: number({ above: 0 }) }`);
  }
  for (const [key, parameter] of Object.entries(parameters)) {
    const at = `parameters.${key}`;
    if (!/^[a-z]\w*$/i.test(key)) fail(`${at}: expected a name of letters, digits and _, a letter first`);
    if (COMMON.includes(key)) fail(`${at}: every model has ${key} already, expected another name`);
    const { kind } = (parameter ?? {}) as { kind?: unknown };
    if (typeof kind !== 'string' || !Object.hasOwn(options, kind)) {
      fail(`${at} is ${shown(parameter)}, expected number(), integer(), list() or matrix()`);
    }
    assertOptions(at, parameter as RuleParameter, fail);
  }
}

function assertOptions(at: string, parameter: RuleParameter, fail: (message: string) => never): void {
  const known = [...SHARED, ...options[parameter.kind]];
  for (const [key, value] of Object.entries(parameter)) {
    if (!known.includes(key)) fail(`${at}: unknown option ${key}, expected ${known.slice(1).join(', ')}`);
    const isText = key === 'description' || key === 'kind';
    if (isText && typeof value !== 'string') fail(`${at}.${key} is ${shown(value)}, expected a text`);
    if (!isText && key !== 'default' && (typeof value !== 'number' || Number.isNaN(value))) {
      fail(`${at}.${key} is ${shown(value)}, expected a number`);
    }
  }
}
