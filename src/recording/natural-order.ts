/** Orders names as people do: numbers in them by value, so that `day2` comes before `day10`. The same on every machine. */
export function naturalOrder(a: string, b: string): number {
  const [left, right] = [a, b].map((name) => name.match(/\d+|\D+/g) ?? []);
  for (let k = 0; k < Math.min(left.length, right.length); k++) {
    const [x, y] = [left[k], right[k]];
    if (x === y) continue;
    const byValue = /^\d/.test(x) && /^\d/.test(y) ? Number(x) - Number(y) : 0;
    return byValue || (x < y ? -1 : 1);
  }
  return left.length - right.length;
}
