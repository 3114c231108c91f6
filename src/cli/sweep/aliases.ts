import { columnNames } from '#core';
import { lossNames, plainSymbol, quantityNames, type LossName, type QuantityName } from '#experiment';

/** The symbols of quantities as they are typed without quotes: F, D, h2, D/h2, v. */
const aliases: ReadonlyMap<string, QuantityName> = new Map(
  quantityNames.map((name) => [plainSymbol(name).replaceAll(/[|^]/g, ''), name]),
);

/** What may be typed for each quantity: its symbol, or its name. */
export const quantityChoices = `${[...aliases.keys()].join(', ')}, their names ${quantityNames.join(', ')}`;

/** The quantity or loss of a name, an alias or a symbol; undefined for any other text. */
export function quantityNamed(text: string): QuantityName | LossName | undefined {
  const names: readonly (QuantityName | LossName)[] = [...quantityNames, ...lossNames];
  return names.find((name) => name === text) ?? aliases.get(text.replaceAll(/[|^]/g, ''));
}

/** Columns by the word of the experiment file. */
const shortNames: Readonly<Record<string, string>> = { label: 'probeLabel' };

const columnOf = (text: string): string => (Object.hasOwn(shortNames, text) ? shortNames[text] : text);

/** The columns that a name stands for: itself, or theory, simulation and their ratio of a quantity. */
export function columnsNamed(text: string): readonly string[] {
  const quantity = quantityNamed(text);
  if (quantity === undefined) return [columnOf(text)];
  const { theory, simulation, ratio } = columnNames(quantity);
  return [theory, simulation, ratio];
}

/** The one column that a name stands for: itself, or the simulation of a quantity. */
export function columnNamed(text: string): string {
  const quantity = quantityNamed(text);
  return quantity === undefined ? columnOf(text) : columnNames(quantity).simulation;
}
