import { diagonal, multiply, transpose } from '#linalg';
import type { PrincipalDirections, RotationCovariance } from './covariance.js';
import { DenseCovariance } from './dense.js';
import { DiagonalCovariance } from './diagonal.js';

/** The tensor with the given variances along directions as `principalDirections` returns them. */
export function covarianceAlong(variances: Float64Array, directions: PrincipalDirections): RotationCovariance {
  if (!(directions instanceof Int32Array)) {
    return new DenseCovariance(multiply(directions, diagonal(variances), transpose(directions)));
  }
  const ofPlanes = new Float64Array(directions.length);
  directions.forEach((plane, d) => {
    ofPlanes[plane] = variances[d];
  });
  return new DiagonalCovariance(ofPlanes);
}
