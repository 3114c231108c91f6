import { zeros, type Matrix } from '#linalg';
import type { Model } from '#model';
import type { NormalMode } from '../../solvers/general/hessian.js';
import type { ModeCoordinates } from '../../solvers/general/mode-coordinates.js';
import type { Jets, MeanJets, NoiseJets } from '../expansion/jets.js';
import { NormalBasis } from './basis.js';
import { whiteFeatures } from './features.js';
import { hiddenRotations } from './symmetry.js';
import { UpdateField } from './update-field.js';

/** Derivatives of two-layer SGD at its minimum, in the eigenbasis of the Hessian. */
export function twoLayerJets(model: Model, modes: ModeCoordinates, normal: readonly NormalMode[]): Jets {
  const basis = new NormalBasis(modes, normal);
  const { fields, moments } = whiteFeatures(model, modes);
  return {
    rates: basis.curvatures,
    symmetry: hiddenRotations(basis),
    mean: meanJets(basis),
    noise: fields.map(({ x, e }) => noiseJets(basis, new UpdateField(basis, x, e))),
    moments,
    batchSize: model.batchSize,
  };
}

/** Weight decay is linear, so that it is in the rates alone. */
function meanJets(basis: NormalBasis): MeanJets {
  const field = new UpdateField(basis, basis.modes.sigma, null);
  const planes = planeCount(basis);
  return {
    quadratic: quadraticOf(basis, field),
    quadraticRotation: quadraticRotationOf(basis, field),
    visitCubic: (visit) => {
      const components = new Float64Array(basis.count);
      const rotations = new Float64Array(planes);
      field.visitCubic((j, k, l, vector) => {
        basis.project(vector, components, 0);
        basis.rotation(vector, rotations);
        visit(j, k, l, components, rotations);
      });
    },
  };
}

function noiseJets(basis: NormalBasis, field: UpdateField): NoiseJets {
  const { normal, rotation } = field.linear();
  return {
    normal: field.normal(),
    linear: normal,
    linearRotation: rotation,
    quadratic: () => quadraticOf(basis, field),
    quadraticRotation: () => quadraticRotationOf(basis, field),
    cubicRotation: (s) => field.cubicRotation(s),
  };
}

const planeCount = ({ root }: NormalBasis): number => (root.length * (root.length - 1)) / 2;

function quadraticOf(basis: NormalBasis, field: UpdateField): Float64Array {
  const k = basis.count;
  const result = new Float64Array(k ** 3);
  field.visitQuadratic((i, j, vector) => {
    basis.project(vector, result, (i * k + j) * k);
    result.copyWithin((j * k + i) * k, (i * k + j) * k, (i * k + j + 1) * k);
  });
  return result;
}

function quadraticRotationOf(basis: NormalBasis, field: UpdateField): Matrix[] {
  const k = basis.count;
  const result = Array.from({ length: planeCount(basis) }, () => zeros(k, k));
  const rotations = new Float64Array(result.length);
  field.visitQuadratic((i, j, vector) => {
    basis.rotation(vector, rotations);
    rotations.forEach((value, a) => (result[a].data[i * k + j] = result[a].data[j * k + i] = value));
  });
  return result;
}
