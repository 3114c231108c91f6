export * from './claims-map.js';
