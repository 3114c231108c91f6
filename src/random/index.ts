export { cubeRoot, exp, log } from './elementary.js';
export { Generator } from './generator.js';
export { NormalSource, ziggurat } from './normal.js';
export { Shuffle } from './shuffle.js';
export { generator, replicaStreams, seedOfPart, streamState } from './streams.js';
export type { Purpose, ReplicaStreams } from './streams.js';
