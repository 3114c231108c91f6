import { InvalidInputError } from '#core';
import { ruleOf, type RuleModel } from '#model';
import type { SimulationSpec } from '../schema.js';
import type { PhaseSpec } from './phase-schema.js';

/** Which phase of an experiment a point is; its networks go on from the point before, unless it is the first. */
export interface Phase {
  readonly name: string;
  /** From 0. */
  readonly index: number;
  /** Phases of the experiment. */
  readonly count: number;
  /** Steps, the transient included. */
  readonly steps: number | 'auto';
  /** Steps of it that are not measured. */
  readonly transient: number | 'auto';
}

type PhasePlace = Pick<Phase, 'index' | 'count'>;

/** The point of a phase, from that of its file. */
export function phasePoint<P extends { readonly simulation: Pick<SimulationSpec, 'lag'> }>(
  point: P,
  { name, steps, transient, lag = point.simulation.lag }: PhaseSpec,
  place: PhasePlace,
): P & { readonly phase: Phase } {
  return { ...point, simulation: { ...point.simulation, lag }, phase: { name, ...place, steps, transient } };
}

/** Throws InvalidInputError where the networks of a phase have other arrays of weights than those of the experiment. */
export function assertSameNetworks(base: RuleModel, own: RuleModel): void {
  const shapes = (model: RuleModel): string =>
    ruleOf(model)
      .arrays(model)
      .map(({ name, rows, cols }) => `${name} of ${rows} x ${cols}`)
      .join(', ');
  const [expected, found] = [shapes(base), shapes(own)];
  if (found === expected && own.input.size === base.input.size) return;
  throw new InvalidInputError(
    `found networks with ${found} for ${own.input.size} inputs, expected those of the experiment: ${expected} for ${base.input.size}`,
    ['phase'],
  );
}

/** Phases of the experiment of a point; 1 without phases. */
export const phasesOf = ({ phase }: { readonly phase?: PhasePlace }): number => phase?.count ?? 1;

/** The position of the first phase of the point at a position of a list. */
export const firstPhase = (position: number, { phase }: { readonly phase?: PhasePlace }): number =>
  position - (phase?.index ?? 0);

/** Points in lists of those that are the phases of one experiment, in order. */
export function* protocolsOf<P extends { readonly point: { readonly phase?: PhasePlace } }>(
  points: Iterable<P>,
): Generator<P[]> {
  let open: P[] = [];
  for (const each of points) {
    open.push(each);
    if (open.length < phasesOf(each.point)) continue;
    yield open;
    open = [];
  }
}
