export * from './claims-map.js';
export * from './comparison.js';
export type { FigureDocument, FigureOptions } from './options.js';
export * from './similarity.js';
export * from './trajectories.js';
export type { Curve, Dots, Panel } from './panel.js';
export type { Axis } from './ticks.js';
export * from './sweep.js';
