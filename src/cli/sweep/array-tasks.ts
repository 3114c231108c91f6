/** How many array tasks of a run a cluster is working on, for a message. */
export const activeText = (count: number): string =>
  count === 1 ? '1 array task is queued or running' : `${count} array tasks are queued or running`;
