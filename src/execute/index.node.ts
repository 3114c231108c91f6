export { withLocalPool } from './local.node.js';
export type { PoolOptions } from './protocol.js';
