import type { Advance } from './compiled-rule/place.js';
import type { StepProgram } from './compiled-rule/program/step-program.js';
import type { KernelInstance } from './instance.js';
import type { KernelParts, NativeLibrary } from './native/library.js';

/** The simulation kernel as it is loaded once: instances of it have their own memory. */
export interface Kernel extends KernelParts {
  readonly module: WebAssembly.Module;
  /** Makes the steps in place of the module, with the same bits. */
  readonly native?: {
    /** Those of two-layer SGD. */
    readonly library: NativeLibrary;
    /** Bits of a vector. */
    readonly width: number;
    /** Those of any rule, with vectors of `width` bits; or why it cannot. */
    readonly compile: (kernel: KernelInstance, program: StepProgram, inputs: number, width: number) => Advance | string;
  };
}
