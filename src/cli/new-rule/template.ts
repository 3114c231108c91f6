/** A rule file that works as it is: JavaScript that is TypeScript, too. */
export const ruleTemplate = `// A learning rule for Meander: docs/your-own-rule.md explains every part.
//
// A step draws an input x and sets  S <- S + learningRate * g(S, x)  for the state S, here one array W.
// This one is Hebbian, with a soft constraint on the weights:  g = y x' - constraint W W' W,  y = W x.
import { defineRule, integer, number } from 'meander-drift/rule';

export default defineRule({
  // What messages and tables call it.
  name: 'softHebbian',

  // Keys of \`model\` in the experiment file, besides rule, input, learningRate and synapticNoise.
  parameters: {
    outputs: integer({ min: 1, description: 'k, the number of outputs' }),
    constraint: number({ above: 0, default: 1, description: 'how strongly large weights shrink' }),
  },

  // The arrays of the state. An array that steps keep symmetric has \`symmetric: true\`.
  arrays: ({ outputs, input }) => [{ name: 'W', rows: outputs, cols: input.size }],

  // g: one array for each of the state, by the operations of the algebra alone. They run over numbers in a simulation and
  // over Taylor series in the theory: multiply, transpose, add, subtract, scale, hadamard, inverse, solve, lowerTriangle,
  // runningSums, constant for a known matrix, and map for a function of every entry, { value, first, second } with its derivatives.
  update: ({ multiply, transpose, subtract, scale }, { constraint }, [w], { input: x }) => {
    const y = multiply(w, x);
    return [subtract(multiply(y, transpose(x)), scale(multiply(w, transpose(w), w), constraint))];
  },

  // Degree of g in x: 2 unless given, at most 4 for Gaussian inputs; null where it is no polynomial.
  degree: 2,

  // Rotations R that turn every step with the state, g(R.S, x) = R.g(S, x): one group for each layer of hidden units. Without
  // any, nothing drifts. \`act\` is R.S.
  symmetry: ({ outputs }) => [
    { name: 'outputs', units: outputs, act: ({ multiply }, rotation, [w]) => [multiply(rotation, w)] },
  ],

  // The representation of an input: a column of activities for each of these layers, at least one.
  representations: ({ multiply }, _, [w], x) => [multiply(w, x)],

  // What learning makes small, for one sample: 1 x 1 arrays. A penalty on the weights may stand beside the task.
  loss: ({ multiply, transpose, scale }, _, [w], { input: x }) => {
    const y = multiply(w, x);
    return { task: scale(multiply(transpose(y), y), -0.5) };
  },

  // More that a rule may have:
  //   labelNoise: (model) => ({ size, variance }),  batchSize: (model) => 4,
  //   nearFixedPoint: (model) => [a matrix near the fixed point of the mean step, for each array].
});
`;

/** An experiment beside it. */
export const experimentTemplate = (ruleFile: string): string => `name: my own rule
model:
  rule: { file: ${JSON.stringify(ruleFile)} }
  outputs: 2
  input: [{ kind: gaussian, covariance: [1.5, 0.9, 0.3, 0.1] }]
  learningRate: 0.005
simulation: { replicas: 32, seed: 1, targetError: 0.1 }
`;
