// The reference cases of learning rules: numbers made by a program that shares no code with this one.
import { readFileSync } from 'node:fs';

export interface RuleCase {
  readonly name: string;
  readonly rule: string;
  readonly outputs?: number;
  readonly tau?: number;
  readonly layers?: number;
  readonly target?: number[];
  readonly weightDecay?: number;
  readonly covariance: number[];
  readonly expected: {
    readonly relaxationRates: number[];
    readonly probes: {
      readonly stimulus: number[];
      readonly layer?: number;
      readonly squaredNorm: number;
      readonly diffusionPerEta3: number;
      readonly synapticDiffusionPerEtaSigma2: number;
    }[];
  };
}

export const ruleCases = JSON.parse(
  readFileSync(new URL('../fixtures/rule-cases.json', import.meta.url), 'utf8'),
) as RuleCase[];

/** A case as an experiment (JSON is YAML), with what else the model and the file have. */
export function ruleExperiment(
  { rule, outputs, tau, layers, target, weightDecay, covariance, expected }: RuleCase,
  model: Record<string, unknown>,
  rest: Record<string, unknown> = {},
): string {
  const known = {
    ...{ rule, outputs, tau, weightDecay, input: [{ kind: 'gaussian', covariance }] },
    ...(layers && { hiddenLayers: Array<number>(layers - 1).fill(covariance.length) }),
    ...(target && { target: target.map((value, i) => target.map((_, j) => (i === j ? value : 0))) }),
  };
  const probes = expected.probes.filter(({ layer = 1 }) => layer === 1).map(({ stimulus }) => stimulus);
  return JSON.stringify({ model: { ...known, ...model }, probes, ...rest });
}

/** What is expected of a probe in one layer. */
interface ExpectedLayer {
  readonly squaredNorm: number;
  readonly fluctuation: number;
  readonly diffusion: number;
  readonly directedSpeed: number;
  readonly sources: { readonly learning: number; readonly synaptic: number };
}

/** Whole experiments with both scalings, layers and symmetries of synaptic noise, by another such program. */
export const ruleExperiments = JSON.parse(
  readFileSync(new URL('../fixtures/rule-experiments.json', import.meta.url), 'utf8'),
) as {
  readonly name: string;
  readonly model: Readonly<Record<string, unknown>>;
  readonly probes: number[][];
  /** [probe][layer]. */
  readonly expected: { readonly relaxationRates: number[]; readonly probes: ExpectedLayer[][] };
}[];
