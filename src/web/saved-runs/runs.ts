// What is loaded where there are runs.
export { OpenedRun } from './opened-run.js';
export { RunsPanel } from './runs-panel.js';
export { serverRuns } from './server.js';
export { userRuns } from './user/user-runs.js';
