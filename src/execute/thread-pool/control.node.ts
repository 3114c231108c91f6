/** Slots of the control block that the threads share (64-bit integers): replica-steps done, and whether to stop. */
export const advancedSlot = 0;
export const cancelledSlot = 1;
export const controlBytes = 16;
