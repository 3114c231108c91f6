export * from './png.node.js';
