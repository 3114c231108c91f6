// What is loaded where the server has runs.
export { OpenedRun } from './opened-run.js';
export { RunsPanel } from './runs-panel.js';
export { fetchExperiment, fetchRun, fetchRuns, urlOf } from './server.js';
