import type { NumberType } from './code.js';
import { sized, types, unsigned, type WasmCode } from './wasm-code.js';

/** A function that is imported: its parameters and results. */
interface Imported {
  readonly parameters: readonly NumberType[];
  readonly results: readonly NumberType[];
}

/** What every compiled step imports, by name; functions of numbers follow, in the order of their first use. */
const common = {
  invertPair: { parameters: ['i32', 'i32', 'i32'], results: ['i32'] },
  unpackSymmetric: { parameters: ['i32', 'i32', 'i32'], results: [] },
  singular: { parameters: [], results: [] },
  unsolvable: { parameters: [], results: [] },
} as const satisfies Readonly<Record<string, Imported>>;

export type CommonImport = keyof typeof common;
export const commonImports = Object.keys(common) as readonly CommonImport[];

/** Number of a function among the imports. */
export const importOf = (name: CommonImport): number => commonImports.indexOf(name);
/** The name of an import; undefined for a function of numbers. */
export const importedName = (imported: number): CommonImport | undefined => commonImports[imported];
export const importOfFunction = (index: number): number => commonImports.length + index;

const section = (id: number, items: readonly (readonly number[])[]): number[] => [
  id,
  ...sized([...unsigned(items.length), ...items.flat()]),
];
const name = (text: string): number[] => sized(Array.from(text, (letter) => letter.charCodeAt(0)));
const signature = ({ parameters, results }: Imported): number[] => [
  0x60,
  ...[parameters, results].flatMap((all) => sized(all.map((type) => types[type]))),
];

/** A module that exports `run`, with `parameters` i32 parameters, and imports functions and the memory from `env`. */
export function moduleOf(code: WasmCode, parameters: number, functions: number): Uint8Array<ArrayBuffer> {
  const numeric: Imported = { parameters: ['f64'], results: ['f64'] };
  const imports = [
    ...commonImports.map((key): [string, Imported] => [key, common[key]]),
    ...Array.from({ length: functions }, (_, k): [string, Imported] => [`f${k}`, numeric]),
  ];
  const run: Imported = { parameters: new Array<NumberType>(parameters).fill('i32'), results: [] };
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
