// The generated references: the tables of docs/experiment-file.md and a JSON Schema for editors from the schema, the columns of
// docs/output.md from the registry of quantities and from the tables of analyses.
import {
  anyExperimentSchema,
  experimentSchema,
  modelParameters,
  modelSchemas,
  phaseSchema,
  resultColumns,
  theoryColumns,
} from '#experiment';
import { analysisTables, type AnalysisTable } from '#report';
import { readFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { z } from 'zod';

type Shape = Readonly<Record<string, z.core.$ZodType>>;

const { model, simulation } = experimentSchema.shape;
const components = model.shape.input.unwrap().options;

/** Their models; that of two-layer SGD is the table `model`. */
const otherRules = Object.entries(modelSchemas).filter(([name]) => name !== 'sgd');

type Tables = Readonly<Record<string, () => string>>;

/** The generated tables of each page, by the name that their place in it has. */
const tables: Readonly<Record<string, Tables>> = {
  'docs/experiment-file.md': {
    experiment: () => keyTable(experimentSchema.shape),
    phase: () => keyTable(phaseSchema.shape),
    model: () => keyTable(model.shape),
    ...Object.fromEntries(otherRules.map(([name, { shape }]) => [name, () => keyTable(shape)])),
    synapticNoise: () => keyTable(model.shape.synapticNoise.unwrap().shape),
    simulation: () => keyTable(simulation.unwrap().shape),
    ...Object.fromEntries(components.map(({ shape }) => [shape.kind.value, () => keyTable(shape)])),
  },
  'docs/output.md': {
    theory: theoryTable,
    columns: columnTable,
    ...Object.fromEntries(analysisTables.map((table) => [`analysis_${table.name}`, () => analysisTable(table)])),
  },
};

const PLACE = /(<!-- generated: (\w+) -->\n)[^]*?(<!-- end -->)/g;

const at = (path: string): URL => new URL(`../../${path}`, import.meta.url);

/** The generated files, paths from the root of the repository. */
export const generated = [...Object.keys(tables), 'examples/experiment.schema.json'];

/** A generated file as it should be, in the style of the repository. */
export async function current(path: string): Promise<string> {
  const text =
    path in tables
      ? fillTables(await readFile(at(path), 'utf8'), tables[path])
      : JSON.stringify(experimentJsonSchema());
  return format(text, { ...(await resolveConfig(at(path))), filepath: path });
}

/** The page with every place between `<!-- generated: NAME -->` and `<!-- end -->` filled with its table. */
function fillTables(page: string, own: Tables): string {
  const left = new Set(Object.keys(own));
  const filled = page.replace(PLACE, (_, begin: string, name: string, end: string) => {
    if (!left.delete(name)) throw new Error(`no table is called ${name}, or it has a place already`);
    return `${begin}\n${own[name]()}\n\n${end}`;
  });
  if (left.size > 0) throw new Error(`the page has no place for the tables ${[...left].join(', ')}`);
  return filled;
}

/** The JSON Schema of the experiment file, for editors: keys, types, limits and descriptions; sums and shapes are not in it. */
function experimentJsonSchema(): Record<string, unknown> {
  return { title: 'Experiment file of Meander', ...z.toJSONSchema(anyExperimentSchema, { io: 'input' }) };
}

function keyTable(shape: Shape): string {
  const rows = Object.entries(shape).map(([key, schema]) => {
    const description = z.globalRegistry.get(schema)?.description;
    if (description === undefined) throw new Error(`the key ${key} has no description in the schema`);
    return [`\`${key}\``, accepted(schema), description, preset(schema)];
  });
  return markdownTable(['key', 'accepted', 'meaning', 'default'], rows);
}

/** The columns of the table of `meander theory`. */
function theoryTable(): string {
  const rows = theoryColumns().map(({ head, description }) => [head, description]);
  return markdownTable(['column', 'meaning'], rows);
}

/** Every column of the table of results, with its unit in the label. */
function columnTable(): string {
  const rows = resultColumns(modelParameters, { labelled: true, reflected: true }).map(
    ({ name, label, description }) => [`\`${name}\``, label === name ? '' : label, description],
  );
  return markdownTable(['column', 'quantity', 'meaning'], rows);
}

/** The columns of a table of an analysis; those of errors and intervals are told by a mark at the column they belong to. */
function analysisTable({ columns }: AnalysisTable): string {
  const hasParts = (name: string): boolean => columns.some(({ partOf }) => partOf === name);
  const rows = columns
    .filter(({ partOf }) => partOf === undefined)
    .map(({ name, description }) => [`\`${name}\`${hasParts(name) ? ' ±' : ''}`, description]);
  return markdownTable(['column', 'meaning'], rows);
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
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
