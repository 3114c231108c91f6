import type { Estimate } from '#core';
import { quantities } from '#experiment';
import type { Estimates } from '#measure';
import { CancelledPrediction, SupersededError, type TheoryClient } from '../prediction/client.js';
import type { SimulationSnapshot } from '../simulation/snapshot.js';
import { presetExperiment } from './preset-experiment.js';
import type { LabEvent } from './reduce.js';
import { hasFrequency, type LabState } from './state.js';
import { toHash } from './url-state.js';

/** Frequencies at which the theory is evaluated. */
const FREQUENCIES = Array.from({ length: 19 }, (_, k) => k * 0.05);
/** Samples from which a simulated rate is shown. */
const MIN_SAMPLES = 12;

/** Finds the drift rates as a function of frequency: those of the theory, and those simulated so far. */
export class FrequencyCurveController {
  readonly #state: () => LabState;
  readonly #dispatch: (event: LabEvent) => void;
  readonly #theory: Pick<TheoryClient, 'rates'>;
  /** All parameters that the curve depends on. */
  #key = '';
  #recorded: Estimates | null = null;

  constructor(state: () => LabState, dispatch: (event: LabEvent) => void, theory: Pick<TheoryClient, 'rates'>) {
    this.#state = state;
    this.#dispatch = dispatch;
    this.#theory = theory;
  }

  /** Computes the curve again if anything but the frequency has changed. */
  async update(): Promise<void> {
    const state = this.#state();
    const { parameters } = state;
    if (!hasFrequency(state)) return;
    const key = toHash({ ...parameters, f: 0 });
    if (key === this.#key) return;
    this.#key = key;
    this.#dispatch({ kind: 'curve', curve: null });
    const experiments = FREQUENCIES.map((f) => presetExperiment({ ...parameters, f }));
    try {
      const rates = await this.#theory.rates(experiments);
      if (key === this.#key) this.#dispatch({ kind: 'curve', curve: { frequencies: FREQUENCIES, rates } });
    } catch (error) {
      // The next update asks again.
      if (key === this.#key) this.#key = '';
      if (!(error instanceof SupersededError || error instanceof CancelledPrediction)) throw error;
    }
  }

  /** Adds the rates that a simulation has found at a frequency. */
  record(frequency: number, { estimates, samples }: SimulationSnapshot): void {
    if (!estimates || samples < MIN_SAMPLES || estimates === this.#recorded) return;
    this.#recorded = estimates;
    this.#dispatch({ kind: 'rate', frequency, rates: simulatedRates(estimates) });
  }
}

/** D/|h|^2 of each probe with its standard error, rad^2 per step; null where |h| = 0. */
const simulatedRates = ({ probes }: Estimates): (Estimate | null)[] =>
  probes.map((probe) => quantities.relativeDiffusion.simulation(probe));
