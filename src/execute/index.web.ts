export { withWebPool } from './web-pool/pool.web.js';
export type { PoolOptions } from './task-outcome.js';
