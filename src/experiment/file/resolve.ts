import { InvalidInputError, type KeyPath } from '#core';
import { identity, maxAbs, type Matrix } from '#linalg';
import { assertNoiseActs, type InputDistribution, type RuleModel } from '#model';
import { networkSize, type NetworkSize } from '../tasks/network-size.js';
import type { Projection } from './dataset.js';
import { explain } from './explain.js';
import { resolveInput } from './input.js';
import { probeLabels } from './labels.js';
import { networkOf } from './rules/resolve-network.js';
import { resolveMatrix } from './matrix.js';
import { phaseFile, withNoiseOfPhases } from './phases/phase-files.js';
import { assertSameNetworks, phasePoint, type Phase } from './phases/phase.js';
import { resolveProbes, warningsOf } from './probes.js';
import { ownExperimentSchema, resolveParameters } from './rules/own-rule-schema.js';
import { assertNoSweptRuleFile, noRuleFiles, ruleFileIn, type LoadRule, type RuleFile } from './rules/rule-file.js';
import { experimentSchemaOf, ruleIn, type RuleSpec } from './rules/rule-schemas.js';
import { LARGEST, type ExperimentSpec as SgdExperimentSpec, type SimulationSpec } from './schema.js';
import { KeyError, type ExperimentSource } from './source/source.js';
import { expandSweep, sweepKey, type Assignment } from './sweep.js';
import type { ReadBytes } from './table.js';
import type { z } from 'zod';

/** An experiment file of any learning rule after validation. */
type ExperimentSpec = Omit<SgdExperimentSpec, 'model'> & { readonly model: ModelSpec };
type ModelSpec = RuleSpec | OwnRuleSpec;
type OwnRuleSpec = Omit<z.infer<ReturnType<typeof ownExperimentSchema>>['model'], 'rule'> & {
  readonly rule: { readonly file: string };
};

/** What an experiment file may bring besides itself. */
interface Sources {
  readonly read: ReadBytes;
  readonly ruleFile: RuleFile | null;
}

/** One parameter point, ready to be predicted and simulated. */
export interface Point {
  /** What the sweep sets at this point, key path -> value; empty without a sweep. */
  readonly assignments: readonly Assignment[];
  readonly model: RuleModel;
  /** K probe stimuli of n numbers. */
  readonly probes: readonly Float64Array[];
  /** What the file calls them, null for one without a label; undefined where none has one. */
  readonly probeLabels?: readonly (string | null)[];
  readonly simulation: SimulationSpec;
  /** The phase of its experiment that it is; absent for an experiment without phases. */
  readonly phase?: Phase;
  /** How the rows of each data set of the input became stimuli. */
  readonly projections?: readonly Projection[];
  /** What is allowed and probably not meant. */
  readonly warnings?: readonly string[];
}

/**
 * An experiment file, read: one point, or one for each combination of its sweep (the last key fastest); where it has phases, one for
 * each phase of each of these, in order.
 */
export interface Experiment {
  readonly name: string;
  readonly points: readonly Point[];
}

/** The same as it was read from a file. */
export interface ResolvedExperiment extends Experiment {
  /** The file as plain values with all defaults. */
  readonly configuration: unknown;
}

/**
 * Validates an experiment file and expands its sweep. Throws InvalidInputError with file:line:column, the key, what was
 * found and what would be accepted. `loadRule` runs the code of a rule file that it names.
 */
export async function resolveExperiment(
  source: ExperimentSource,
  read: ReadBytes,
  loadRule: LoadRule = noRuleFiles,
): Promise<ResolvedExperiment> {
  try {
    const raw = source.toJS();
    assertNoSweptRuleFile(raw);
    const file = ruleFileIn(raw);
    const ruleFile = file === null ? null : await loadRule(file, ['model', 'rule']);
    const sources = { read, ruleFile };
    const base = validate(raw, ruleFile);
    const points: Point[] = [];
    for (const { assignments, value } of expandSweep(raw as object, base.sweep ?? {})) {
      try {
        points.push(...(await resolvePhases(value as object, assignments, sources)));
      } catch (error) {
        throw error instanceof InvalidInputError
          ? await attributeError(error, raw as object, assignments, sources)
          : error;
      }
    }
    return { name: base.name, points, configuration: base };
  } catch (error) {
    throw error instanceof InvalidInputError ? source.locate(error) : error;
  }
}

/** The point of a file without a sweep, or one for each of its phases. */
async function resolvePhases(given: object, assignments: readonly Assignment[], sources: Sources): Promise<Point[]> {
  const spec = validate(given, sources.ruleFile);
  const { phases } = spec;
  if (!phases) return [await resolvePoint(spec, assignments, sources)];
  const raw = withNoiseOfPhases(given, phases);
  const base = await resolvePoint(validate(raw, sources.ruleFile), assignments, sources);
  const points: Point[] = [];
  for (const [index, phase] of phases.entries()) {
    const { value, remapToPhases } = phaseFile(raw, phases, index);
    try {
      const own = await resolvePoint(validate(value, sources.ruleFile), assignments, sources);
      assertSameNetworks(base.model, own.model);
      points.push({ ...phasePoint(own, phase, { index, count: phases.length }), probes: base.probes });
    } catch (error) {
      throw error instanceof InvalidInputError ? remapToPhases(error) : error;
    }
  }
  return points;
}

function validate(raw: unknown, ruleFile: RuleFile | null): ExperimentSpec {
  const isOwn = ruleFile !== null && ruleFileIn(raw) !== null;
  const schema = isOwn ? ownExperimentSchema(ruleFile.parameters) : experimentSchemaOf(ruleIn(raw));
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  throw explain(result.error.issues, raw);
}

/** Attributes an error at a swept point: to the file itself if it also occurs without the sweep, else to the sweep. */
async function attributeError(
  error: InvalidInputError,
  raw: object,
  assignments: readonly Assignment[],
  sources: Sources,
): Promise<InvalidInputError> {
  try {
    await resolvePhases(raw, [], sources);
  } catch (own) {
    if (own instanceof InvalidInputError && own.message === error.message) return own;
  }
  return remapToSweep(error, assignments);
}

/**
 * Moves an error about a swept key, its children or its parents to the entry in the sweep that has the value. The message
 * names the other swept values.
 */
export function remapToSweep(error: InvalidInputError, assignments: readonly Assignment[]): InvalidInputError {
  const key = error.path.join('.');
  const holds = (outer: string, inner: string): boolean => inner === outer || inner.startsWith(`${outer}.`);
  const cause =
    assignments.find(({ name }) => holds(name, key)) ??
    assignments.filter(({ name }) => error.path.length > 0 && holds(key, name)).at(-1);
  const others = assignments.filter((assignment) => assignment !== cause);
  const point = others.map(({ name, value }) => `${name} = ${JSON.stringify(value)}`).join(', ');
  const message = point === '' ? error.message : `${error.message} (at ${point})`;
  if (!cause) return new InvalidInputError(message, error.path);
  const own = sweepKey(cause);
  if (error instanceof KeyError && key === cause.name) return new KeyError(message, ['sweep', own]);
  // Which of the paths that are set together.
  const part = cause.group === undefined ? message : `${cause.name}: ${message}`;
  return new InvalidInputError(part, ['sweep', own, cause.index]);
}

async function resolvePoint(
  { model: spec, probes, simulation }: ExperimentSpec,
  assignments: readonly Assignment[],
  sources: Sources,
): Promise<Point> {
  const { read } = sources;
  const resolved = await resolveInput(spec.input, read);
  const { input } = resolved;
  const { layer } = simulation;
  const model = { ...(await resolveModel(spec, input, sources)), ...(layer !== undefined && { layer }) };
  if (!simulation.reduceHiddenUnits) checkUnreduced(networkSize({ model, simulation }));
  const stimuli = await resolveProbes(probes, resolved, read);
  const named = probeLabels(probes, stimuli.length);
  return {
    assignments,
    model,
    simulation,
    probes: stimuli,
    ...(named && { probeLabels: named }),
    projections: resolved.datasets.map(({ projection }) => projection),
    warnings: warningsOf(probes, resolved),
  };
}

async function resolveModel(
  spec: ModelSpec,
  input: InputDistribution,
  { read, ruleFile }: Sources,
): Promise<RuleModel> {
  assertNoiseActs(spec);
  if (isOwn(spec)) return ownModel(spec, input, { read, ruleFile });
  if (!('target' in spec)) return modelOf({ ...spec, input });
  const target = await resolveTarget(spec.target, input.size, read);
  return networkOf(spec, input, target);
}

const isOwn = (spec: ModelSpec): spec is OwnRuleSpec => typeof spec.rule === 'object';

async function ownModel(spec: OwnRuleSpec, input: InputDistribution, { read, ruleFile }: Sources): Promise<RuleModel> {
  if (!ruleFile) throw new RangeError(`the rule file ${spec.rule.file} was not loaded`);
  const { learningRate, synapticNoise, noiseSource } = spec;
  return modelOf({
    rule: ruleFile.key,
    ...(await resolveParameters(ruleFile.parameters, spec, read)),
    ...{ input, learningRate, synapticNoise, noiseSource },
  });
}

/** Widens a model with keys that only its rule knows. */
const modelOf = (model: RuleModel & Readonly<Record<string, unknown>>): RuleModel => model;

async function resolveTarget(
  spec: SgdExperimentSpec['model']['target'],
  inputs: number,
  read: ReadBytes,
): Promise<Matrix> {
  if (spec === 'identity') return identity(inputs);
  const path: KeyPath = ['model', 'target'];
  const target = await resolveMatrix(spec, read, path);
  if (target.cols !== inputs) {
    throw new InvalidInputError(
      `found ${target.cols} columns, expected ${inputs}: one for each dimension of the input`,
      path,
    );
  }
  const size = maxAbs(target);
  if (size === 0) throw new InvalidInputError('found nothing but zeros, expected a task to learn', path);
  if (size > LARGEST) throw new InvalidInputError(`found ${size}, expected numbers of size at most ${LARGEST}`, path);
  return target;
}

/** Most numbers in the weights of one network whose hidden units are not reduced. */
const MAX_WEIGHTS = 10_000_000;

function checkUnreduced({ hiddenUnits, weights }: NetworkSize): void {
  if (weights <= MAX_WEIGHTS) return;
  throw new InvalidInputError(
    `found false, which keeps ${weights} weights in each of the replicas for ${hiddenUnits} hidden units, expected ` +
      `at most ${MAX_WEIGHTS}, or true, which gives the same results`,
    ['simulation', 'reduceHiddenUnits'],
  );
}
