import { describe, expect, it } from 'vitest';
import { columnNamed } from './columns.js';
import { simulationSchema } from './file/schema.js';
import { parameterDescription, parameterLabel, samplingParameters, simulationParameters } from './parameters.js';

describe('the registry of parameters', () => {
  it('labels swept keys of the simulation, whose columns keep their paths', () => {
    expect(
      ['simulation.seed', 'simulation.replicas', 'simulation.lag', 'simulation.burnIn'].map(parameterLabel),
    ).toEqual(['seed', 'replicas', 'lag L', 'burn-in']);
    // A seed may have 53 bits, so its column holds numbers as before.
    expect(columnNamed('simulation.seed')).toMatchObject({ name: 'simulation.seed', type: 'number', label: 'seed' });
    expect(parameterDescription('simulation.targetError')).toBe(samplingParameters.targetError.description);
    expect(['learningRate', 'simulation.learningRate', 'model.input.0.weight'].map(parameterLabel)).toEqual([
      'learning rate η',
      'simulation.learningRate',
      'model.input.0.weight',
    ]);
  });

  it('has every number of the simulation section, within the ranges of the schema', () => {
    const numbers = [...simulationParameters, ...Object.keys(samplingParameters)];
    const others = ['start', 'reduceHiddenUnits', 'precision'];
    expect(Object.keys(simulationSchema.shape).sort()).toEqual([...numbers, ...others].sort());
    for (const [name, { min, max }] of Object.entries(samplingParameters)) {
      expect(simulationSchema.safeParse({ [name]: max }).success, name).toBe(true);
      expect(simulationSchema.safeParse({ [name]: min }).success, name).toBe(true);
      expect(simulationSchema.safeParse({ [name]: 2 * max }).success, name).toBe(false);
      expect(simulationSchema.safeParse({ [name]: min === 0 ? -1 : min / 2 }).success, name).toBe(false);
    }
  });
});
