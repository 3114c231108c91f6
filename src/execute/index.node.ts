export { withLocalPool } from './local.node.js';
export type { LocalOptions } from './local.node.js';
