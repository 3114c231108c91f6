// The reference of the experiment file, made of the schema: tables for docs/experiment-file.md and a JSON Schema for editors.
import { experimentSchema } from '#experiment';
import { readFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { z } from 'zod';

type Shape = Readonly<Record<string, z.core.$ZodType>>;

const { model, simulation } = experimentSchema.shape;
const components = model.shape.input.unwrap().options;

/** The generated tables by the name that their place in the page has. */
const tables: Readonly<Record<string, () => string>> = {
  experiment: () => table(experimentSchema.shape),
  model: () => table(model.shape),
  simulation: () => table(simulation.unwrap().shape),
  ...Object.fromEntries(components.map(({ shape }) => [shape.kind.value, () => table(shape)])),
};

const PLACE = /(<!-- generated: (\w+) -->\n)[^]*?(<!-- end -->)/g;

const at = (path: string): URL => new URL(`../../${path}`, import.meta.url);

/** The generated files, paths from the root of the repository. */
export const generated = ['docs/experiment-file.md', 'examples/experiment.schema.json'] as const;

/** A generated file as it should be, in the style of the repository. */
export async function current(path: (typeof generated)[number]): Promise<string> {
  const text = path.endsWith('.md')
    ? fillTables(await readFile(at(path), 'utf8'))
    : JSON.stringify(experimentJsonSchema());
  return format(text, { ...(await resolveConfig(at(path))), filepath: path });
}

/** The page with every place between `<!-- generated: NAME -->` and `<!-- end -->` filled with its table. */
function fillTables(page: string): string {
  const left = new Set(Object.keys(tables));
  const filled = page.replace(PLACE, (_, begin: string, name: string, end: string) => {
    if (!left.delete(name)) throw new Error(`no table is called ${name}, or it has a place already`);
    return `${begin}\n${tables[name]()}\n\n${end}`;
  });
  if (left.size > 0) throw new Error(`the page has no place for the tables ${[...left].join(', ')}`);
  return filled;
}

/** The JSON Schema of the experiment file, for editors: keys, types, limits and descriptions; sums and shapes are not in it. */
function experimentJsonSchema(): Record<string, unknown> {
  return { title: 'Experiment file of Meander', ...z.toJSONSchema(experimentSchema, { io: 'input' }) };
}

function table(shape: Shape): string {
  const rows = Object.entries(shape).map(([key, schema]) => {
    const description = z.globalRegistry.get(schema)?.description;
    if (description === undefined) throw new Error(`the key ${key} has no description in the schema`);
    return [`\`${key}\``, accepted(schema), description, preset(schema)];
  });
  const lines = [['key', 'accepted', 'meaning', 'default'], ['---', '---', '---', '---'], ...rows];
  return lines.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n');
}

/** What a key accepts, in the words of the error message about a value that nothing accepts. */
function accepted(schema: z.core.$ZodType): string {
  if (schema instanceof z.ZodLiteral) return `\`${String(schema.value)}\``;
  const { error } = z.safeParse(schema, Symbol('refused'));
  if (!error) throw new Error('a schema accepts a symbol');
  return error.issues[0].message.replace(/\{[^}]*\}/g, '`$&`');
}

/** What stands for a key that is left out. */
function preset(schema: z.core.$ZodType): string {
  const { success, data } = z.safeParse(schema, undefined);
  if (!success) return 'required';
  if (data === undefined) return 'none';
  return typeof data === 'object' ? 'all defaults' : `\`${data as string | number | boolean}\``;
}
