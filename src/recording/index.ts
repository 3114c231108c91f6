export { AXES } from './recording.js';
export type { Axis, Recording } from './recording.js';
