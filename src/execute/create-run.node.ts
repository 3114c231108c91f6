import { protocolsOf, snapshotPoint, stepsOf, taskReplicas, type PointSnapshot, type PreparedPoint } from '#experiment';
import { RunDirectory, type RunDescription, type StoredPoint } from '#store';
import { loadedRule, type LoadedRule } from './rule-file/import.node.js';
import { ruleRecord, storedFilesOf } from './rule-file/stored.node.js';

/** What a run directory is created from. */
export interface RunSource {
  readonly description: Omit<RunDescription, 'name' | 'seeds' | 'rule'>;
  /** The experiment file as it was given. */
  readonly text: string;
  readonly name: string;
  readonly prepared: readonly PreparedPoint<null>[];
  /** Replicas of one task; depends on the number of replicas unless given. Results do not depend on it. */
  readonly taskReplicas?: number | undefined;
  /** Records keep the final weights of the replicas. */
  readonly keepWeights?: boolean | undefined;
}

/** The same with points that may be prepared one by one, whenever they are iterated. */
export type LazyRunSource = Omit<RunSource, 'prepared'> & { readonly prepared: Iterable<PreparedPoint<null>> };

/** Creates a run directory. Throws InvalidInputError when the path is occupied. */
export function createRun(path: string, source: LazyRunSource): Promise<void> {
  const { name, description, text } = source;
  const seeds = new Set<number>();
  // An experiment has at most one rule file.
  let rule: LoadedRule | undefined;
  const points = storedPoints(source, ({ point, plan }) => {
    seeds.add(plan.seed);
    rule ??= loadedRule(point.model.rule);
  });
  const describe = (): RunDescription => ({
    ...description,
    name,
    seeds: [...seeds],
    rule: rule ? ruleRecord(rule) : null,
  });
  return RunDirectory.create(path, describe, text, points, () => storedFilesOf(rule));
}

/** The id that the run directory of a source has. */
export const runIdOf = (source: LazyRunSource): string => RunDirectory.idOf(storedPoints(source));

/** Replica-steps of every task of a source. */
export function taskSteps(source: LazyRunSource): number[] {
  const all: number[] = [];
  for (const { replicas, taskReplicas: size, steps } of storedPoints(source)) {
    for (let first = 0; first < replicas; first += size) all.push(Math.min(size, replicas - first) * steps);
  }
  return all;
}

function* storedPoints(
  source: LazyRunSource,
  onPoint: (point: PreparedPoint<null>) => void = () => undefined,
): Generator<StoredPoint> {
  for (const phases of protocolsOf(source.prepared)) {
    // The tasks of the first phase go through all of them; the others have none of their own.
    const steps = phases.reduce((sum, phase) => sum + stepsOf(phase) / phase.plan.replicas, 0);
    for (const [index, point] of phases.entries()) {
      onPoint(point);
      const content: PointSnapshot = snapshotPoint(point, source.keepWeights);
      yield {
        content,
        replicas: index === 0 ? content.replicas : 0,
        taskReplicas: taskSize(source, content.replicas),
        steps: index === 0 ? steps : 0,
      };
    }
  }
}

const taskSize = ({ taskReplicas: size }: LazyRunSource, replicas: number): number =>
  Math.min(size ?? taskReplicas(replicas), replicas);
