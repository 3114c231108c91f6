import { TheoryDomainError } from '#core';
import { definitionOf, isTwoLayer, WITHOUT_DECAY, type RuleModel } from '#model';

const IN_EPOCHS = 'in epochs the samples of successive steps depend on each other';

/** Why no theory predicts the drift of a model, as a clause: it is simulated and measured alone. Null where a theory may predict it. */
export function whyUnpredicted(model: RuleModel): string | null {
  if (model.input.sampling === 'epochs') return IN_EPOCHS;
  if (isTwoLayer(model)) return model.weightDecay > 0 ? null : WITHOUT_DECAY;
  return definitionOf(model)?.unpredicted?.(model) ?? null;
}

/** Throws TheoryDomainError for a model that is only measured; two-layer networks have checks of their own. */
export function assertPredicted(model: RuleModel): void {
  const why = isTwoLayer(model) && model.input.sampling !== 'epochs' ? null : whyUnpredicted(model);
  if (why === null) return;
  throw new TheoryDomainError(
    `nothing is predicted: ${why}; meander run measures F, D, |v|, self-correlation, similarity and losses`,
    ['model'],
  );
}
