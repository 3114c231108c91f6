import { zeros, type Matrix } from '#linalg';
import { measuredLayer, type RuleDefinition, type RuleModel } from '#model';
import { DenseCovariance } from '../rotation/dense.js';
import type { Drift } from '../rotation/drift.js';
import { planes as planesOf, type Plane } from '../rotation/planes.js';
import type { SilentUnits } from './silent-units.js';

/** Most planes of all layers together whose rotations are listed one by one, as a simulation needs them. */
export const MAX_LISTED_PLANES = 600;

/** How the units of the measured layer turn. */
interface UnitDrift {
  readonly drift: Drift;
  /** Units that turn. */
  readonly rank: number;
}

interface ListedDrift extends UnitDrift {
  /** Cov(omega) of the planes of single units (P x P). */
  readonly total: Matrix;
  /** Whether one silent unit still stands for all, because they have too many planes. */
  readonly isCondensed: boolean;
}

/** The drift of all units of the measured layer from that of the model with one silent unit. */
export function withSilentUnits<M extends RuleModel>(
  rule: RuleDefinition<M>,
  model: M,
  { active, multiplicity }: SilentUnits<M>,
  { drift, rank }: UnitDrift,
): ListedDrift {
  const layer = measuredLayer(model);
  const sizes = rule.symmetry(model).map(({ units }) => units);
  const unit = active[layer];
  const count = multiplicity[layer];
  const total = ofSingleUnit(drift, unit, count);
  const isCondensed = sizes.reduce((sum, units) => sum + (units * (units - 1)) / 2, 0) > MAX_LISTED_PLANES;
  if (isCondensed || count === 1 || rank <= unit) return { drift, rank, total, isCondensed };
  const all = planesOf(sizes[layer]);
  const listed = ofAllUnits(all, drift.planes, total, unit);
  const origins = originsOf(all, drift.planes, unit);
  const velocity = Float64Array.from(all, ({ b }, p) => (b < unit ? drift.velocity[origins[p]] : 0));
  return {
    drift: { planes: all, diffusion: new DenseCovariance(listed), velocity },
    rank: sizes[layer],
    total: listed,
    isCondensed,
  };
}

/** The covariance where the silent unit is a single one of those that it stands for: each turns with its share of the variance. */
function ofSingleUnit({ planes, diffusion }: Drift, unit: number, count: number): Matrix {
  const covariance = diffusion.dense();
  const isSilent = planes.map(({ b }) => b === unit);
  const { cols } = covariance;
  return {
    ...covariance,
    data: covariance.data.map((value, at) =>
      isSilent[Math.floor(at / cols)] && isSilent[at % cols] ? value / count : value,
    ),
  };
}

/** For each plane of all units that of the one silent unit; -1 for two silent units, which do not turn. */
const originsOf = (all: readonly Plane[], planes: readonly Plane[], unit: number): number[] =>
  all.map(({ a, b }) => (a >= unit ? -1 : planes.findIndex((own) => own.a === a && own.b === Math.min(b, unit))));

function ofAllUnits(all: readonly Plane[], planes: readonly Plane[], covariance: Matrix, unit: number): Matrix {
  const origins = originsOf(all, planes, unit);
  const result = zeros(all.length, all.length);
  all.forEach(({ b }, p) => {
    all.forEach(({ b: other }, q) => {
      if (origins[p] < 0 || origins[q] < 0) return;
      // Silent units are independent of each other, and of the rotations among the active ones.
      if (Math.max(b, other) >= unit && b !== other) return;
      result.data[p * all.length + q] = covariance.data[origins[p] * covariance.cols + origins[q]];
    });
  });
  return result;
}
