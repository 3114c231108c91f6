/** Names of the columns of a table that hold a quantity: predicted, measured, and simulation / theory, with standard errors. */
export interface QuantityColumns {
  readonly theory: string;
  readonly theoryError: string;
  readonly simulation: string;
  readonly simulationError: string;
  readonly ratio: string;
  readonly ratioError: string;
}

/** The column of the standard error of a column, where a table has one. */
export const errorColumnOf = (column: string): string => `${column}StandardError`;

/** One form for every table: `diffusionTheory`, `diffusionSimulation`, `diffusionSimulationStandardError`, … */
export function columnNames(quantity: string): QuantityColumns {
  const [theory, simulation, ratio] = ['Theory', 'Simulation', 'Ratio'].map((part) => `${quantity}${part}`);
  return {
    theory,
    theoryError: errorColumnOf(theory),
    simulation,
    simulationError: errorColumnOf(simulation),
    ratio,
    ratioError: errorColumnOf(ratio),
  };
}
