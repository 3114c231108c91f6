export { withWebPool } from './pool.web.js';
export type { PoolOptions } from './protocol.js';
