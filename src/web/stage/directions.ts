const AXES = 3;
/** A direction is dependent on the previous ones if less than this fraction of its length is orthogonal to them. */
const DEPENDENT = 1e-6;

/**
 * Three orthonormal directions of hidden space (3 x units, row-major) that separate the representations (count x
 * units): those that best match points spread over a sphere. With at most three units the directions are the axes.
 */
export function directionsApart(hidden: Float64Array, count: number): Float64Array {
  const units = hidden.length / count;
  const axes = Array.from({ length: units }, (_, u) => Float64Array.from({ length: units }, (_, j) => Number(u === j)));
  const candidates = units > AXES ? [...matched(hidden, count), ...axes] : axes;
  const directions = new Float64Array(AXES * units);
  let found = 0;
  for (const candidate of candidates) {
    if (found === AXES) break;
    const before = Math.hypot(...candidate);
    for (let d = 0; d < found; d++) {
      const known = directions.subarray(d * units, (d + 1) * units);
      const along = known.reduce((sum, value, u) => sum + value * candidate[u], 0);
      known.forEach((value, u) => (candidate[u] -= along * value));
    }
    const length = Math.hypot(...candidate);
    if (!(length > DEPENDENT * before)) continue;
    directions.set(
      candidate.map((value) => value / length),
      found * units,
    );
    found++;
  }
  return directions;
}

/** For each of three axes the sum of the representations, weighted by the coordinates of points on a sphere. */
function matched(hidden: Float64Array, count: number): Float64Array[] {
  const units = hidden.length / count;
  const sums = Array.from({ length: AXES }, () => new Float64Array(units));
  for (let k = 0; k < count; k++) {
    // Points on a spiral from pole to pole, a golden angle apart.
    const height = 1 - (2 * k + 1) / count;
    const angle = k * Math.PI * (3 - Math.sqrt(5));
    const radius = Math.sqrt(1 - height * height);
    const point = [radius * Math.cos(angle), height, radius * Math.sin(angle)];
    point.forEach((part, axis) => {
      for (let u = 0; u < units; u++) sums[axis][u] += part * hidden[k * units + u];
    });
  }
  return sums;
}
