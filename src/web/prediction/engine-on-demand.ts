// In the lab, the theory of rules from their definition is loaded for those rules alone.
import type { theoryByDefinition as TheoryByDefinition } from '#experiment/rules';

let loaded: typeof TheoryByDefinition | null = null;

/** To be awaited before a rule other than two-layer SGD is predicted. */
export async function loadEngine(): Promise<void> {
  loaded = (await import('#experiment/rules')).theoryByDefinition;
}

/** What `theoryByDefinition` of the experiment is. */
export const theoryByDefinition: typeof TheoryByDefinition = (...given) => {
  if (!loaded) throw new Error('the theory of rules is not loaded');
  return loaded(...given);
};
