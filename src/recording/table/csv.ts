import { columnsOf, ACCEPTED, TableBuilder, type LongTable } from './rows.js';

/** The longest text that JavaScript engines hold. */
const MAX_BYTES = 2 ** 29 - 2 ** 10;

/** A long table in CSV, separated by commas, semicolons or tabs, with a line of names. Throws Error that says what was found. */
export async function readCsv(bytes: Uint8Array): Promise<LongTable> {
  if (bytes.length > MAX_BYTES) {
    throw new Error(`it has ${bytes.length} bytes, at most ${MAX_BYTES} are read as CSV; save it as Parquet`);
  }
  const text = new TextDecoder().decode(bytes);
  if (text.trim() === '') throw new Error(`it is empty, expected ${ACCEPTED}`);
  const { default: Papa } = await import('papaparse');
  let columns: ReturnType<typeof columnsOf> | null = null;
  let builder: TableBuilder | null = null;
  let width = 0;
  let row = 0;
  const failures: Error[] = [];
  Papa.parse<string[]>(text, {
    skipEmptyLines: 'greedy',
    step: ({ data, errors }, parser) => {
      try {
        const error = errors.find(({ code }) => code !== 'UndetectableDelimiter');
        if (error) throw new Error(`row ${row}: ${error.message}`);
        if (!columns || !builder) {
          columns = columnsOf(data);
          builder = new TableBuilder(columns.keys());
          width = data.length;
          return;
        }
        row++;
        if (data.length !== width)
          throw new Error(`row ${row} has ${data.length} cells, expected ${width} as in the names`);
        for (const [name, place] of columns) builder.add(name, data[place], row);
      } catch (error) {
        failures.push(error as Error);
        parser.abort();
      }
    },
  });
  if (failures.length > 0) throw failures[0];
  return (builder as TableBuilder | null)?.finish() ?? emptyTable();
}

function emptyTable(): never {
  throw new Error(`it is empty, expected ${ACCEPTED}`);
}
