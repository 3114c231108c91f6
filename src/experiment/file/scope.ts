/** Where the package documents what it does not simulate. */
const PAGE = 'docs/scope.md';

const topics: readonly (readonly [key: RegExp, reason: string])[] = [
  [/activation|nonlinear|relu|tanh|sigmoid|softplus/, 'the network is linear, without activation functions'],
  [/rule|optimi[sz]er|momentum|nesterov|adam|hebb/, 'learning is plain stochastic gradient descent'],
  [/schedule|warmup|annealing/, 'the learning rate is constant'],
  [/dropout/, 'there is no dropout'],
  [/^(weight|synaptic|input|activity|neural|hidden|gradient)?noise/, 'label noise is the only noise added'],
  [/epoch/, 'learning is online, every step draws new samples'],
  [/layers|depth|convol|recurren|^bias/, 'the network has two layers of weights, fully connected, without biases'],
  [/recording|spike|neuron/, 'recordings are not analysed'],
];

/** Why a key of an experiment file asks for something that Meander does not do; undefined for any other key. */
export function outOfScope(key: string): string | undefined {
  const letters = key.toLowerCase().replace(/[^a-z]/g, '');
  const topic = topics.find(([pattern]) => pattern.test(letters));
  return topic && `${topic[1]} (${PAGE})`;
}
