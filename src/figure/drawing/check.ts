/** Throws TypeError unless all numbers are finite: a figure that left some out silently would be misleading. */
export function assertFinite(where: string, values: readonly number[]): void {
  const wrong = values.find((value) => !Number.isFinite(value));
  if (wrong !== undefined) throw new TypeError(`${where}: expected finite numbers, found ${wrong}`);
}

/** Throws TypeError unless all numbers are above 0, as a logarithmic axis requires. */
export function assertPositive(where: string, values: readonly number[]): void {
  const wrong = values.find((value) => !(value > 0));
  if (wrong !== undefined)
    throw new TypeError(`${where}: expected numbers above 0 for a logarithmic axis, found ${wrong}`);
}
