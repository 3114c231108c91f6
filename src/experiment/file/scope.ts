/** Where the package documents what it does not simulate. */
const PAGE = 'docs/scope.md';

/** One for each row of the table on that page, in its order. The patterns apply to a key's letters, in lower case. */
const topics: readonly (readonly [key: RegExp, reason: string])[] = [
  [
    /activation|nonlinear|relu|tanh|sigmoid|softplus/,
    'hidden units are linear, relu or tanh: activation, of the rules sgd and deep',
  ],
  [
    /layers|deep|depth|convol|recurren|^bias/,
    'layers are fully connected, without biases: two of weights, or more with rule: deepLinear or deep and hiddenLayers',
  ],
  [
    /rule|optimi[sz]er|momentum|nesterov|adam|hebb|feedback|alignment/,
    'learning is by one of the rules of docs/rules.md, plain stochastic gradient descent unless given',
  ],
  [/schedule|warmup|anneal|(rate|^lr)decay/, 'the learning rate is constant, or constant in each of several phases'],
  [/loss|crossentropy|objective/, 'the loss is the squared error, with weight decay'],
  [
    /^(weight|synaptic|input|activity|neural|hidden|gradient)?noise/,
    'label noise and synapticNoise, in the weights, are the only noise added',
  ],
  [/dropout/, 'dropout is that of the rules sgd and deep: {nodes: 0.1, weights: 0}'],
  [/epoch|replacement|shuffl/, 'epochs are those of a dictionary or dataset component: sampling: epochs'],
  [
    /curricul|nonstationar|switch|autocorrelat|correlationtime/,
    'the input distribution does not change over time, but for phases',
  ],
  [/recording|spike|neuraldata/, 'recordings are not part of an experiment: meander analyse reads them'],
];

/** Why a key of an experiment file asks for something that Meander does not do; undefined for any other key. */
export function outOfScope(key: string): string | undefined {
  const letters = key.toLowerCase().replace(/[^a-z]/g, '');
  const topic = topics.find(([pattern]) => pattern.test(letters));
  return topic && `${topic[1]} (${PAGE})`;
}
