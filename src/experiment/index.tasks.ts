// What runs a task, for workers: a thread that loads the files of the whole room takes twice as long to start.
export { runSlices } from './tasks/cooperative-task.js';
export type { CooperativeTask } from './tasks/cooperative-task.js';
export { runTask } from './tasks/run.js';
export type { Checkpointer, Task } from './tasks/task.js';
