export { readRecordings, withFrequencies } from './read.node.js';
export type { ReadFileOptions } from './read.node.js';
