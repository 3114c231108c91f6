// Experiment files that are right, small, and have every key among them.
export const templates: readonly string[] = [
  `name: anisotropic
description: Gaussian input
model:
  hiddenUnits: 4
  target: identity
  input:
    - { weight: 0.75, kind: gaussian, covariance: [1.3, 1.0, 0.8] }
    - { weight: 0.25, kind: point, stimulus: [1, 0, 0.5] }
  learningRate: 0.01
  weightDecay: 0.1
  labelNoiseVariance: 0.25
  batchSize: 2
probes: axes
simulation: { replicas: 2, seed: 1, lag: 10, burnIn: 20, duration: 200, trajectorySamples: 4, precision: f32 }
sweep: { model.learningRate: [0.01, 0.005], model.input.1.weight: [0.1, 0.2] }
`,
  `name: dictionary
model:
  hiddenUnits: 5
  input:
    - kind: dictionary
      stimuli: [[1.1, 0.3], [-0.4, 1.2], [0.2, -0.6], [-0.9, 0.2]]
      probabilities: [0.4, 0.3, 0.2, 0.1]
  learningRate: 0.01
  weightDecay: 0.06
probes: stimuli
simulation: { replicas: 4, seed: 2, targetError: 0.5, start: { random: 0.1 }, reduceHiddenUnits: false }
sweep:
  simulation.seed: [1, 2, 3]
`,
  `name: general
model:
  hiddenUnits: 5
  target: [[1.2, 0.3], [-0.2, 0.9], [0.1, -0.5]]
  input:
    - { kind: gaussian, covariance: [[1.3, 0.2], [0.2, 1.0]] }
  learningRate: 0.01
  weightDecay: 0.1
  labelNoiseVariance: 0.16
probes: [[1, 0], [0, 1], [1, 1]]
simulation: { burnIn: auto, lag: auto, duration: auto, start: manifold }
`,
  `name: table
model:
  hiddenUnits: 10
  input:
    - { kind: dataset, file: table.csv, center: true, components: 2 }
  learningRate: 0.002
  weightDecay: 0.05
  labelNoiseVariance: 0.1
probes: { rows: [0, 1, 3] }
`,
  `name: probes
model:
  hiddenUnits: 3
  input: [{ kind: dataset, file: table.csv, center: true }]
  learningRate: 0.002
  weightDecay: 0.05
probes: { file: table.csv, project: true }
`,
  `name: phases
model:
  hiddenUnits: 4
  input:
    - { weight: 0.75, kind: gaussian, covariance: [1.3, 1.0] }
    - { weight: 0.25, kind: point, stimulus: [1, 0.5] }
  learningRate: 0.01
  weightDecay: 0.1
simulation: { replicas: 2, seed: 1, lag: 10, burnIn: 20 }
phases:
  - { name: first, steps: 200 }
  - { name: second, steps: 300, transient: 50, lag: 20, weights: [rest, 0.4], learningRate: 0.005 }
  - { name: third, steps: auto, transient: auto, labelNoiseVariance: 0.1, target: [[1, 0], [0, 0.9]] }
sweep: { phases.1.learningRate: [0.005, 0.01] }
`,
];

/** The data file that they name. */
export const TABLE = 'a,b,c\n1,0.2,0.1\n-0.3,1,0.4\n0.2,-0.6,1.1\n-0.9,0.2,-0.5\n0.7,0.8,-0.2\n';
