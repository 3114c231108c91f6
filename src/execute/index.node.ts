export { withLocalPool } from './local.node.js';
export type { PoolOptions, WithPool } from './protocol.js';
