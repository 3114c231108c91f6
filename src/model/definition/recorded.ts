import { programInput, recordProgram, type Program, type ProgramArray, type RecordedAlgebra } from '#linalg';
import type { State } from '../rule.js';

/** A program over the arrays of a state and other inputs, for states of one shape. */
interface Recorded {
  readonly program: Program;
  readonly arrays: readonly ProgramArray[];
  readonly others: readonly ProgramArray[];
  /** Runs all of it for a state. */
  readonly run: (state: State) => void;
  /** Runs what depends on the other inputs, for the state of the run before. */
  readonly runOthers: () => void;
}

/**
 * Records what `build` computes from a state and columns of some sizes, once for every shape of states: a run
 * allocates nothing, and has the bits of the same operations over `plainAlgebra`.
 */
export function recorded(
  sizes: readonly number[],
  build: (
    algebra: RecordedAlgebra,
    state: readonly ProgramArray[],
    others: readonly ProgramArray[],
  ) => readonly ProgramArray[],
): (state: State) => Recorded {
  const known: Recorded[] = [];
  return (state) => {
    const found = known.find(({ arrays }) =>
      arrays.every(({ rows, cols }, k) => rows === state[k].rows && cols === state[k].cols),
    );
    return found ?? known[known.push(record(state, sizes, build)) - 1];
  };
}

function record(state: State, sizes: readonly number[], build: Parameters<typeof recorded>[1]): Recorded {
  const arrays = state.map(({ rows, cols }) => programInput(rows, cols));
  const others = sizes.map((size) => programInput(size, 1));
  const program = recordProgram((algebra) => build(algebra, arrays, others));
  return {
    program,
    arrays,
    others,
    run: (now) => {
      for (let k = 0; k < arrays.length; k++) arrays[k].data = now[k].data;
      program.run();
    },
    runOthers: program.runFor(others),
  };
}
