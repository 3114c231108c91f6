import { exp, log } from '#random';
import { CELL } from './gradient-noise.js';
import { MAX_MODES, type ModeBlocks } from './hessian-blocks.js';
import { modesOf, representationOf, type CommutingModes } from './modes.js';

/**
 * What finite times leave of stationary averages, relative to them, for networks that start at the minimum: the largest over the probes.
 * Estimates, of modes that fluctuate independently and at leading order in the learning rate.
 */
export interface Settling {
  /** Of D by increments over `lag`, what the bounded error of neighbouring increments leaves: falls as exp(-lag / time of a pair of modes). */
  readonly ofLag: (lag: number) => number;
  /** Variance of that error in an increment, beside the variance of the drift: what it adds to the scatter. */
  readonly errorShare: (lag: number) => number;
  /** Of D from the `duration` after `burnIn`: displacements that have not reached their size, and the growth of the bounded error. */
  readonly ofBurnIn: (burnIn: number, duration: number) => number;
  /** Of F: the variance that has not been reached after `burnIn`. */
  readonly ofFluctuation: (burnIn: number) => number;
  readonly slowModes: (burnIn: number) => SlowModes;
}

/** Modes that are more than 1% below their stationary variance when sampling begins. */
export interface SlowModes {
  /** How many of the normal modes, and of how many. */
  readonly modes: number;
  readonly ofModes: number;
  /** Numbers (1 to r) of the learned modes among them, whose own size does not settle. */
  readonly learnedModes: readonly number[];
}

const UNSETTLED = 0.01;

/** Rates are taken together in steps of 4%. */
const STEP = 0.04;

/** Sums by rate (per step), on a logarithmic grid. */
class Spectrum {
  readonly sums: Float64Array;

  constructor(
    private readonly slowest: number,
    fastest: number,
  ) {
    this.sums = new Float64Array(2 + Math.ceil(log(fastest / slowest) / STEP));
  }

  /** The place of a rate. */
  place(rate: number): number {
    return Math.max(0, Math.min(this.sums.length - 1, Math.round(log(rate / this.slowest) / STEP)));
  }

  addTimes(factor: number, values: Float64Array): void {
    for (let k = 0; k < values.length; k++) this.sums[k] += factor * values[k];
  }

  sum(of: (rate: number) => number): number {
    return this.sums.reduce(
      (total, value, k) => (value === 0 ? total : total + value * of(this.slowest * exp(k * STEP))),
      0,
    );
  }

  get total(): number {
    return this.sums.reduce((total, value) => total + value, 0);
  }
}

/** D and F of a probe by the rates on which they depend. */
interface ProbeSpectra {
  readonly diffusion: number;
  /** Of D, the displacements of single modes, by twice their rate. */
  readonly displacements: Spectrum;
  /** Variance of the bounded error, by the sum of the rates of a pair of modes; and by twice the lower of the two. */
  readonly errors: Spectrum;
  readonly errorsBySlower: Spectrum;
  /** Of F, by twice the rate of a mode. */
  readonly fluctuation: Spectrum;
}

/**
 * With omega_ab made of pairs of modes i of cell (a, c) and j of cell (b, c), A = 2 t_ij / G_ab, Sigma_i = eta C_i / (2 mu_i) and
 * s = mu_i + mu_j, the frame moves by
 *   A [mu_i N_i xi_j - mu_j N_j xi_i] / s - d [A (mu_i - mu_j) N_i N_j / (2 s)]:
 * a diffusion of A^2 Sigma_i Sigma_j 2 eta mu_i mu_j / s per step, of which mu_i / s needs the displacement N_i, and a bounded error with
 * the correlation exp(-eta s t). O(r^2 W) for all probes, and O(P) numbers for each.
 */
export function settlingOf(
  modes: CommutingModes,
  blocks: ModeBlocks,
  noise: Float64Array,
  probes: readonly ArrayLike<number>[],
): Settling {
  const spectra = spectraOf(modes, blocks, noise, probes).filter(({ diffusion }) => diffusion > 0);
  const largest = (of: (probe: ProbeSpectra) => number): number =>
    spectra.reduce((most, own) => Math.max(most, of(own)), 0);
  return {
    ofLag: (lag) =>
      largest(({ diffusion, errors }) => {
        const left = errors.sum((rate) => exp(-rate * lag) - exp(-2 * rate * lag));
        return (2 * left) / (lag * diffusion);
      }),
    errorShare: (lag) => largest(({ diffusion, errors }) => (2 * errors.total) / (lag * diffusion)),
    ofBurnIn: (burnIn, duration) =>
      largest(({ diffusion, displacements, errorsBySlower }) => {
        const missing = displacements.sum((rate) => exp(-rate * burnIn)) / diffusion;
        return missing + errorsBySlower.sum((rate) => exp(-rate * burnIn)) / (duration * diffusion);
      }),
    ofFluctuation: (burnIn) =>
      largest(({ fluctuation }) => {
        const all = fluctuation.total;
        return all > 0 ? fluctuation.sum((rate) => exp(-rate * burnIn)) / all : 0;
      }),
    slowModes: (burnIn) => slowModes(modes, blocks, burnIn),
  };
}

function spectraOf(
  modes: CommutingModes,
  blocks: ModeBlocks,
  noise: Float64Array,
  probes: readonly ArrayLike<number>[],
): ProbeSpectra[] {
  const { rank, columns, singularValues: s, learningRate: eta } = modes;
  const { counts, curvature, x, z } = blocks;
  const [slowest, fastest] = rangeOf(blocks);
  const spectrum = (): Spectrum => new Spectrum(2 * eta * slowest, 2 * eta * fastest);
  const codes = probes.map((probe) => representationOf(modes, probe));
  const found = probes.map((probe) => ({
    diffusion: 0,
    displacements: spectrum(),
    errors: spectrum(),
    errorsBySlower: spectrum(),
    fluctuation: fluctuationSpectrum(modes, blocks, noise, modesOf(modes, probe), spectrum()),
  }));
  const places = Int32Array.from(curvature, (mu) => (mu > 0 ? spectrum().place(2 * eta * mu) : 0));
  const of = { displacements: spectrum(), errors: spectrum(), errorsBySlower: spectrum() };
  for (let a = 0; a < rank; a++) {
    for (let b = a + 1; b < rank; b++) {
      let diffusion = 0;
      for (const { sums } of Object.values(of)) sums.fill(0);
      for (let c = 0; c < columns; c++) {
        const [here, there] = [a * columns + c, b * columns + c];
        for (let i = 0, p = here * MAX_MODES; i < counts[here]; i++, p++) {
          for (let j = 0, q = there * MAX_MODES; j < counts[there]; j++, q++) {
            const [mi, mj] = [curvature[p], curvature[q]];
            const factor = (x[p] * x[q] + z[p] * z[q]) / (s[a] + s[b]);
            const noises = noise[here * CELL + i * (MAX_MODES + 1)] * noise[there * CELL + j * (MAX_MODES + 1)];
            const moved = (factor ** 2 * eta ** 3 * noises) / (2 * (mi + mj));
            const error = (factor * ((mi - mj) / (2 * (mi + mj))) * eta) ** 2 * (noises / (4 * mi * mj));
            diffusion += moved;
            of.displacements.sums[places[p]] += (moved * mi) / (mi + mj);
            of.displacements.sums[places[q]] += (moved * mj) / (mi + mj);
            of.errors.sums[of.errors.place(eta * (mi + mj))] += error;
            of.errorsBySlower.sums[places[mi < mj ? p : q]] += 2 * error;
          }
        }
      }
      found.forEach((probe, k) => {
        const weight = codes[k][a] ** 2 + codes[k][b] ** 2;
        probe.diffusion += weight * diffusion;
        probe.displacements.addTimes(weight, of.displacements.sums);
        probe.errors.addTimes(weight, of.errors.sums);
        probe.errorsBySlower.addTimes(weight, of.errorsBySlower.sums);
      });
    }
  }
  return found;
}

function slowModes(
  { rank, columns, learningRate: eta }: CommutingModes,
  { counts, curvature }: ModeBlocks,
  burnIn: number,
): SlowModes {
  let [slow, all] = [0, 0];
  const learned: number[] = [];
  for (let a = 0; a < rank; a++) {
    for (let c = a; c < columns; c++) {
      const cell = a * columns + c;
      for (let k = 0; k < counts[cell]; k++, all++) {
        if (exp(-2 * eta * curvature[cell * MAX_MODES + k] * burnIn) <= UNSETTLED) continue;
        slow++;
        if (c === a) learned.push(a + 1);
      }
    }
  }
  return { modes: slow, ofModes: all, learnedModes: learned };
}

function rangeOf({ counts, curvature }: ModeBlocks): [slowest: number, fastest: number] {
  let [slowest, fastest] = [Infinity, 0];
  counts.forEach((count, cell) => {
    for (let k = 0, at = cell * MAX_MODES; k < count; k++, at++) {
      slowest = Math.min(slowest, curvature[at]);
      fastest = Math.max(fastest, curvature[at]);
    }
  });
  return [slowest, fastest];
}

/** F by twice the rate of each mode, without what different cells have in common. */
function fluctuationSpectrum(
  { rank, columns, learningRate: eta }: CommutingModes,
  { counts, curvature, x }: ModeBlocks,
  noise: Float64Array,
  coordinates: Float64Array,
  spectrum: Spectrum,
): Spectrum {
  for (let a = 0; a < rank; a++) {
    for (let c = 0; c < coordinates.length; c++) {
      const cell = a * columns + c;
      for (let k = 0, at = cell * MAX_MODES; k < counts[cell]; k++, at++) {
        const variance = (eta * noise[cell * CELL + k * (MAX_MODES + 1)]) / (2 * curvature[at]);
        spectrum.sums[spectrum.place(2 * eta * curvature[at])] += (x[at] * coordinates[c]) ** 2 * variance;
      }
    }
  }
  return spectrum;
}
