import { runSlices, runTask, type RunTasks } from '#experiment';
import { createKernelSteppers } from '#kernel';
import { loadKernel } from '#kernel/node';

/** Runs tasks in this thread, from source: threads of a pool run built code only. */
export const runHere: RunTasks = async (tasks) => {
  const kernel = await loadKernel();
  return tasks.map((task) => runSlices(runTask(task, createKernelSteppers(kernel, task.precision))));
};
