export { claimDirectory, refuseOccupied, writeAtomically } from './atomic.node.js';
export { filesIn, whyUnreadable } from './data-files.node.js';
export { writeNpy } from './npy.node.js';
