/** Throws unless all numbers are finite: a figure that left some out in silence would mislead. */
export function requireFinite(where: string, values: readonly number[]): void {
  const wrong = values.find((value) => !Number.isFinite(value));
  if (wrong !== undefined) throw new TypeError(`${where}: expected finite numbers, found ${wrong}`);
}

/** Throws unless all numbers are above 0, as a logarithmic axis needs. */
export function requirePositive(where: string, values: readonly number[]): void {
  const wrong = values.find((value) => !(value > 0));
  if (wrong !== undefined)
    throw new TypeError(`${where}: expected numbers above 0 for a logarithmic axis, found ${wrong}`);
}
