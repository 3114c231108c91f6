/** Where the codes of one network are at a step, in the three directions that the sphere shows. */
export interface PathPoint {
  /** Steps after the burn-in. */
  readonly step: number;
  /** On the manifold, K x 3: without the fluctuation. */
  readonly places: Float32Array;
  /** As they are, K x 3. */
  readonly jitter: Float32Array;
  /** Cosines of the angles by which they have turned since the start, K. */
  readonly cosines: Float64Array;
  /** Whether the effective process moved them there, beyond the steps that the network has made. */
  readonly byProcess: boolean;
}

/** Points that are kept: enough for a smooth line, few enough to draw 60 times a second. */
const MAX_POINTS = 900;

/** The path of the codes since the first sample, whole: as it grows, every second of its older points is dropped. */
export class CodePath {
  #points: PathPoint[] = [];

  get points(): readonly PathPoint[] {
    return this.#points;
  }

  get last(): PathPoint | undefined {
    return this.#points.at(-1);
  }

  add(point: PathPoint): void {
    this.#points.push(point);
    if (this.#points.length <= MAX_POINTS) return;
    const older = Math.floor(MAX_POINTS * 0.75);
    this.#points = this.#points.filter((_, k) => k >= older || k % 2 === 0);
  }

  /** Drops what the effective process has added. */
  keepNetwork(): void {
    this.#points = this.#points.filter(({ byProcess }) => !byProcess);
  }

  /** Number of points up to a step. */
  countUpTo(step: number): number {
    let [low, high] = [0, this.#points.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#points[middle].step <= step) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  clear(): void {
    this.#points = [];
  }
}

/** Coordinates of K codes (K x units) along three directions (3 x units). */
export function placesOf(codes: Float64Array, directions: Float64Array): Float32Array {
  const units = directions.length / 3;
  const count = codes.length / units;
  const places = new Float32Array(3 * count);
  for (let k = 0; k < count; k++) {
    for (let axis = 0; axis < 3; axis++) {
      let sum = 0;
      for (let u = 0; u < units; u++) sum += directions[axis * units + u] * codes[k * units + u];
      places[3 * k + axis] = sum;
    }
  }
  return places;
}

/** R c of K codes c (r numbers each), K x units; `frame` is R^T (r x units). */
export function turned(codes: readonly ArrayLike<number>[], frame: Float64Array): Float64Array {
  const rank = codes[0].length;
  const units = frame.length / rank;
  const result = new Float64Array(codes.length * units);
  codes.forEach((code, k) => {
    for (let a = 0; a < rank; a++) {
      const value = code[a];
      for (let u = 0; u < units; u++) result[k * units + u] += value * frame[a * units + u];
    }
  });
  return result;
}

/** Angles between two sets of K codes (K x units), rad; null for a code that is 0. */
export const anglesBetween = (from: Float64Array, to: Float64Array, count: number): (number | null)[] =>
  Array.from(cosinesBetween(from, to, count), (cosine) => (Number.isNaN(cosine) ? null : Math.acos(cosine)));

/** Their cosines; NaN for a code that is 0. */
export function cosinesBetween(from: Float64Array, to: Float64Array, count: number): Float64Array {
  const units = from.length / count;
  return Float64Array.from({ length: count }, (_, k) => {
    let [product, a, b] = [0, 0, 0];
    for (let u = k * units; u < (k + 1) * units; u++) {
      product += from[u] * to[u];
      a += from[u] ** 2;
      b += to[u] ** 2;
    }
    return a > 0 && b > 0 ? Math.min(1, Math.max(-1, product / Math.sqrt(a * b))) : NaN;
  });
}
