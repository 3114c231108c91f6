import { F64, I32, sized, unsigned, type Code } from './code.js';

/** A function that is imported: its parameters and results, i32 or f64. */
interface Imported {
  readonly parameters: readonly number[];
  readonly results: readonly number[];
}

/** What every compiled step imports, by name; functions of numbers follow, in the order of their first use. */
const common = {
  invertPair: { parameters: [I32, I32, I32], results: [I32] },
  unpackSymmetric: { parameters: [I32, I32, I32], results: [] },
  singular: { parameters: [], results: [] },
} as const satisfies Readonly<Record<string, Imported>>;

export type CommonImport = keyof typeof common;
export const commonImports = Object.keys(common) as readonly CommonImport[];

/** Number of a function among the imports. */
export const importOf = (name: CommonImport): number => commonImports.indexOf(name);
export const importOfFunction = (index: number): number => commonImports.length + index;

const section = (id: number, items: readonly (readonly number[])[]): number[] => [
  id,
  ...sized([...unsigned(items.length), ...items.flat()]),
];
const name = (text: string): number[] => sized(Array.from(text, (letter) => letter.charCodeAt(0)));
const signature = ({ parameters, results }: Imported): number[] => [0x60, ...sized(parameters), ...sized(results)];

/** A module that exports `run`, with `parameters` i32 parameters, and imports functions and the memory from `env`. */
export function moduleOf(code: Code, parameters: number, functions: number): Uint8Array<ArrayBuffer> {
  const numeric: Imported = { parameters: [F64], results: [F64] };
  const imports = [
    ...commonImports.map((key): [string, Imported] => [key, common[key]]),
    ...Array.from({ length: functions }, (_, k): [string, Imported] => [`f${k}`, numeric]),
  ];
  const run: Imported = { parameters: new Array<number>(parameters).fill(I32), results: [] };
  const parts = [
    [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    section(1, [...imports.map(([, type]) => signature(type)), signature(run)]),
    section(2, [
      ...imports.map(([key], type) => [...name('env'), ...name(key), 0, ...unsigned(type)]),
      [...name('env'), ...name('memory'), 2, 0, 0],
    ]),
    section(3, [unsigned(imports.length)]),
    section(7, [[...name('run'), 0, ...unsigned(imports.length)]]),
    section(10, [code.finished()]),
  ];
  return Uint8Array.from(parts.flat());
}
