// The build of the lab puts src/web/prediction/engine-on-demand.ts in the place of this file.
export { theoryByDefinition } from './engine-theory.js';
