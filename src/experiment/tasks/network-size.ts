import { ruleOf, type RuleModel } from '#model';

/** How large a network of a point is. */
export interface NetworkSize {
  readonly hiddenUnits: number;
  /** Most hidden units that are simulated: fewer than the network has where its rule allows a reduction. */
  readonly simulatedUnits: number;
  /** Weights with all hidden units. */
  readonly weights: number;
}

interface Sized {
  readonly model: RuleModel;
  readonly simulation: { readonly reduceHiddenUnits: boolean };
}

export function networkSize({ model, simulation }: Sized): NetworkSize {
  const rule = ruleOf(model);
  const hiddenUnits = rule.hiddenUnits(model);
  return {
    hiddenUnits,
    simulatedUnits: (simulation.reduceHiddenUnits ? rule.reduction?.mostUnits(model) : null) ?? hiddenUnits,
    weights: rule.arrays(model).reduce((sum, { rows, cols }) => sum + rows * cols, 0),
  };
}

/** Names of the arrays that hold the weights of a point's networks. */
export const arrayNames = ({ model }: Pick<Sized, 'model'>): string[] =>
  ruleOf(model)
    .arrays(model)
    .map(({ name }) => name);
