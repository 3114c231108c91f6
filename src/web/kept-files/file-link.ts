// The part of a link that names a file of the user, which the browser keeps: #file=rows.csv&point=2&learningRate=0.02
import { isNumberKey, type NumberKey, type Numbers } from '../lab/fields.js';
import { fromHash, viewEntries, type View } from '../lab/url-state.js';

/** What a link restores of an experiment on a file. */
export interface FileLink {
  /** Of the experiment file, or of the table. */
  readonly name: string;
  /** From 0. */
  readonly pointIndex: number;
  /** What was changed after the file was opened. */
  readonly numbers: Partial<Numbers>;
  readonly view: View;
}

/** The link as the part of an address after #. */
export function toFileHash({ name, pointIndex, numbers, view }: FileLink): string {
  const entries: [string, string][] = [['file', name]];
  if (pointIndex > 0) entries.push(['point', `${pointIndex + 1}`]);
  for (const [key, value] of Object.entries(numbers)) entries.push([key, `${value}`]);
  return new URLSearchParams([...entries, ...viewEntries(view)]).toString();
}

/** What a hash says of a file; null where it names none. */
export function fromFileHash(hash: string): FileLink | null {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const name = given.get('file');
  if (name === null) return null;
  const point = given.get('point') ?? '1';
  given.delete('file');
  given.delete('point');
  const { parameters, view } = fromHash(given.toString());
  const keys = [...given.keys()].filter((key): key is NumberKey => isNumberKey(key));
  return {
    name,
    // Of a number that there cannot be, the first.
    pointIndex: /^[1-9]\d{0,5}$/.test(point) ? Number(point) - 1 : 0,
    numbers: Object.fromEntries(keys.map((key) => [key, parameters[key]])),
    view,
  };
}

/** The numbers that differ from those of the experiment that was opened. */
export const changedNumbers = (opened: Partial<Numbers>, present: Numbers): Partial<Numbers> =>
  Object.fromEntries(
    Object.entries(opened).flatMap(([key, value]) =>
      isNumberKey(key) && present[key] !== value ? [[key, present[key]]] : [],
    ),
  );
