export { parquetOfRows } from './tables/parquet.js';
