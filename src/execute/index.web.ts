export { withWebPool } from './web-pool/pool.web.js';
export type { WebPoolOptions } from './web-pool/pool.web.js';
