// The published JSON schema of the experiment file as a judge: what it excludes, no command may accept.
import { readFileSync } from 'node:fs';

type Plain = Readonly<Record<string, unknown>>;

interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly minItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

const understood = new Set([
  ...['type', 'properties', 'required', 'additionalProperties', 'propertyNames', 'items', 'minItems'],
  ...['minLength', 'maxLength'],
  'prefixItems',
  ...['minimum', 'maximum', 'exclusiveMinimum', 'const', 'enum', 'anyOf', 'oneOf'],
  ...['title', '$schema', 'description', 'default'],
]);

const file = new URL('../../examples/experiment.schema.json', import.meta.url);
const root = JSON.parse(readFileSync(file, 'utf8')) as Schema;

/** Where a value breaks the schema of experiment files, as a path; undefined where it does not. */
export const excludedAt = (value: unknown): string | undefined => breach(value, root, '');

function breach(value: unknown, schema: Schema, at: string): string | undefined {
  const unknown = Object.keys(schema).find((key) => !understood.has(key));
  if (unknown !== undefined) throw new Error(`examples/experiment.schema.json: this judge does not know ${unknown}`);
  if (schema.anyOf?.every((one) => breach(value, one, at) !== undefined)) return at || '/';
  if (schema.oneOf && schema.oneOf.filter((one) => breach(value, one, at) === undefined).length !== 1) return at || '/';
  if ('const' in schema && value !== schema.const) return at || '/';
  if (schema.enum && !schema.enum.includes(value)) return at || '/';
  if (schema.type !== undefined && !hasType(value, schema.type)) return at || '/';
  if (typeof value === 'number') return isWithin(value, schema) ? undefined : at || '/';
  if (typeof value === 'string') {
    const { minLength = 0, maxLength = Infinity } = schema;
    return value.length < minLength || value.length > maxLength ? at || '/' : undefined;
  }
  if (Array.isArray(value)) return breachOfList(value, schema, at);
  return isMap(value) ? breachOfMap(value, schema, at) : undefined;
}

const isMap = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value);

function hasType(value: unknown, type: string): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'number') return typeof value === 'number' && Number.isFinite(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isMap(value);
  return typeof value === type;
}

const isWithin = (value: number, { minimum = -Infinity, maximum = Infinity, exclusiveMinimum = -Infinity }: Schema) =>
  value >= minimum && value <= maximum && value > exclusiveMinimum;

function breachOfList(
  list: readonly unknown[],
  { items, prefixItems = [], minItems = 0 }: Schema,
  at: string,
): string | undefined {
  if (list.length < minItems) return at || '/';
  for (const [k, item] of list.entries()) {
    const own = prefixItems.at(k) ?? items;
    const found = own && breach(item, own, `${at}/${k}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function breachOfMap(map: Plain, schema: Schema, at: string): string | undefined {
  const { properties = {}, required = [], additionalProperties = true, propertyNames } = schema;
  const missing = required.find((key) => !Object.hasOwn(map, key));
  if (missing !== undefined) return `${at}/${missing}`;
  for (const [key, item] of Object.entries(map)) {
    const own = Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
    if (own === false || (propertyNames && breach(key, propertyNames, at) !== undefined)) return `${at}/${key}`;
    const found = own === true ? undefined : breach(item, own, `${at}/${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
