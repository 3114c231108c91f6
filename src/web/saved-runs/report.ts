import { InvalidInputError, MAX_SERVED_ROWS, type ServedRun } from '#core';
import { estimateCell, listOf, numberCell, parameterCell, valueAt } from './cells.js';
import {
  resultHeads,
  resultQuantities,
  type ClaimsView,
  type RunView,
  type TableRow,
  type TableView,
} from './run-view.js';

/** The experiment file of a run with a report.json: the other files there are results and tables. */
const experimentFileOf = (files: readonly string[]): string | undefined =>
  files.find((file) => /^[^/]+\.(ya?ml|json)$/i.test(file) && file !== 'report.json' && file !== 'manifest.json');

/**
 * Reads a report.json: that of `meander run` has points, that of `meander reproduce` has claims. `name` is its path,
 * for errors. Throws InvalidInputError where it is neither.
 */
export function readReport(name: string, text: string, { files }: ServedRun): RunView {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InvalidInputError(`${name}: not valid JSON: ${(error as Error).message}`);
  }
  const [points, claims] = [valueAt(value, 'points'), valueAt(value, 'claims')];
  if (points !== undefined) return tableOf(name, value, listOf(points, `${name}: points`), experimentFileOf(files));
  if (claims !== undefined) return claimsOf(name, value, listOf(claims, `${name}: claims`));
  throw new InvalidInputError(
    `${name}: has neither points nor claims, expected the report of meander run or meander reproduce`,
  );
}

function tableOf(name: string, report: unknown, points: readonly unknown[], file: string | undefined): TableView {
  const parameters = points.map((point, k) => {
    const found = valueAt(point, 'parameters');
    if (typeof found === 'object' && found !== null) return found as Readonly<Record<string, unknown>>;
    throw new InvalidInputError(`${name}: points[${k}] has no parameters, expected the report of meander run`);
  });
  const names = [...new Set(parameters.flatMap((point) => Object.keys(point)))];
  const texts = (key: string): Set<string> => new Set(parameters.map((point) => JSON.stringify(point[key])));
  const varied = names.filter((key) => texts(key).size > 1);
  const fixed = names
    .filter((key) => !varied.includes(key))
    .map((key) => `${key} ${parameterCell(parameters[0][key])}`);
  const rows: TableRow[] = [];
  let allRows = 0;
  for (const [k, point] of points.entries()) {
    const where = `${name}: points[${k}].probes`;
    const probes = listOf(valueAt(point, 'probes'), where);
    const settings = varied.map((key) => parameterCell(parameters[k][key]));
    for (const [i, probe] of probes.slice(0, MAX_SERVED_ROWS - rows.length).entries()) {
      rows.push({ point: k, cells: [...settings, `${i + 1}`, ...resultCells(probe, `${where}[${i}]`)] });
    }
    allRows += probes.length;
  }
  const { length } = points;
  return {
    kind: 'table',
    note: [`${textOf(report, 'name')}: ${length} ${length === 1 ? 'point' : 'points'}`, ...fixed].join(', '),
    file,
    heads: [...varied, ...resultHeads],
    rows,
    allRows,
    rest: 'probes.csv has all of them',
    figures: [],
  };
}

function resultCells(probe: unknown, where: string): string[] {
  return resultQuantities.flatMap((key) => {
    const measured = valueAt(valueAt(probe, 'simulation'), key);
    return [
      numberCell(valueAt(probe, key), `${where}.${key}`),
      estimateCell(valueAt(measured, 'value'), valueAt(measured, 'se'), `${where}.simulation.${key}`),
    ];
  });
}

function claimsOf(name: string, report: unknown, claims: readonly unknown[]): ClaimsView {
  const passed = (node: unknown): boolean => valueAt(node, 'passed') === true;
  const titles = new Map<string, string>();
  const rows = claims.map((claim, k) => {
    for (const figure of listOf(valueAt(claim, 'figures'), `${name}: claims[${k}].figures`)) {
      titles.set(textOf(figure, 'name'), textOf(figure, 'title'));
    }
    const checks = listOf(valueAt(claim, 'checks'), `${name}: claims[${k}].checks`);
    const agreed = `${checks.filter(passed).length} of ${checks.length}`;
    return [`${textOf(claim, 'id')} ${textOf(claim, 'title')}`, passed(claim) ? 'passes' : 'FAILS', agreed];
  });
  const [seed, agreed] = [parameterCell(valueAt(report, 'seed')), claims.filter(passed).length];
  const source = `meander reproduce (${textOf(report, 'mode')}, seed ${seed}, Meander ${textOf(report, 'version')})`;
  return { kind: 'claims', note: `${source}: ${agreed} of ${claims.length} claims pass`, claims: rows, titles };
}

const textOf = (node: unknown, key: string): string => parameterCell(valueAt(node, key));
