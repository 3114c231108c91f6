import { InvalidInputError } from '#core';
import type { Matrix } from '#linalg';
import { ruleOf, type StartingPoint, type State } from '#model';
import type { Task } from './task.js';

/** A start on the manifold without a reference point. */
export const noManifoldPoint = (): InvalidInputError =>
  new InvalidInputError(
    'found manifold, but no point of the manifold is known, expected {random: STANDARD DEVIATION}',
    ['simulation', 'start'],
  );

function startingPoint({ start, fixedPoint, measurement: { frame } }: Omit<Task, 'replicas'>): StartingPoint {
  if (start !== 'manifold') return start;
  const onManifold = frame?.referencePoint ?? fixedPoint;
  if (onManifold) return { onManifold };
  throw noManifoldPoint();
}

/** The state that a replica of the task starts from, on as many hidden units as are simulated. */
export function startOf(task: Task, replica: number): State {
  const { model, seed, reduceHiddenUnits } = task;
  const state = ruleOf(model).start(model, startingPoint(task), { seed, replica });
  return reduceHiddenUnits ? state : lift(task, replica, state);
}

/** A simulated state of a replica with all its hidden units. */
export const allUnitsOf = (task: Task, replica: number, state: State): State =>
  task.reduceHiddenUnits ? lift(task, replica, state) : state;

/** Representations of simulated units (one a row, M x k) of a replica with all its hidden units (M x p). */
export function allUnitsOfRepresentations(task: Omit<Task, 'replicas'>, replica: number, hidden: Matrix): Matrix {
  const { model, seed, reduceHiddenUnits } = task;
  // What was not reduced has its frame from the start on.
  if (!reduceHiddenUnits) return hidden;
  const { reduction } = ruleOf(model);
  return reduction?.liftRepresentations(model, startingPoint(task), { seed, replica }, hidden) ?? hidden;
}

function lift(task: Task, replica: number, state: State): State {
  const { model, seed } = task;
  return ruleOf(model).reduction?.lift(model, startingPoint(task), { seed, replica }, state) ?? state;
}
