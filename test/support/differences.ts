/**
 * Where two JSON values differ by more than a relative tolerance. All numbers of an estimate are measured by the larger of
 * its value and its standard error.
 */
export function differences(a: unknown, b: unknown, tolerance: number, path = '', scale = 0): string[] {
  if (typeof a === 'number' && typeof b === 'number') {
    const size = Math.max(Math.abs(a), Math.abs(b), scale);
    return Math.abs(a - b) <= tolerance * size ? [] : [`${path}: ${a} and ${b}`];
  }
  if (!isHolder(a) || !isHolder(b)) return a === b ? [] : [`${path}: ${JSON.stringify(a)} and ${JSON.stringify(b)}`];
  const own = 'se' in a ? Math.max(Math.abs(Number(a.value)), Number(a.se)) : scale;
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return keys.flatMap((key) => differences(a[key], b[key], tolerance, `${path}.${key}`, own));
}

const isHolder = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
