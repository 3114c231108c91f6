export { claimDirectory, refuseOccupied, writeAtomically } from './atomic.node.js';
export { writeNpy } from './npy.node.js';
