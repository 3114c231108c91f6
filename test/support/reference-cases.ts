// The reference cases of the theory as experiment files.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './meander.js';

export interface ReferenceCase {
  readonly name: string;
  readonly input: unknown[];
  readonly target: number[][];
  readonly weightDecay: number;
  readonly labelNoiseVariance: number;
  readonly hiddenUnits: number;
  readonly batchSize: number;
  readonly expected: {
    readonly singularValues: number[];
    readonly regularizedLossWithoutLabelNoise: number;
    readonly normalHessianEigenvalues: number[];
    readonly rotationDiffusionEigenvaluesPerEta3: number[];
    readonly probes: {
      readonly stimulus: number[];
      readonly squaredNorm: number;
      readonly fluctuationPerEta: number;
      readonly diffusionPerEta3: number;
      readonly directedSpeedPerEta2: number;
    }[];
  };
}

/** Numbers made by a program that shares no code with this one. */
export const referenceCases = JSON.parse(
  readFileSync(join(root, 'test/fixtures/theory-cases.json'), 'utf8'),
) as ReferenceCase[];

/** A reference case as an experiment (JSON is YAML). */
export function experimentOf(
  { name, input, target, weightDecay, labelNoiseVariance, hiddenUnits, batchSize, expected }: ReferenceCase,
  learningRate: number,
  rest: Record<string, unknown> = {},
): string {
  const model = { hiddenUnits, target, input, learningRate, weightDecay, labelNoiseVariance, batchSize };
  return JSON.stringify({ name, model, probes: expected.probes.map(({ stimulus }) => stimulus), ...rest });
}
