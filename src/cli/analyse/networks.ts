import { InvalidInputError } from '#core';
import { readManifest, readTable, readTrajectories } from '#library';
import type { Recording } from '#recording';
import { RunDirectory } from '#store';

/** An analysis needs as many; silent ones change no distance. */
const MIN_UNITS = 3;

/** Whether all of some paths are run directories, or none. Throws InvalidInputError for a mixture. */
export async function areRunDirectories(paths: readonly string[]): Promise<boolean> {
  const found = await Promise.all(paths.map((path) => RunDirectory.isAt(path)));
  if (!found.includes(true)) return false;
  const other = found.indexOf(false);
  if (other < 0) return true;
  throw new InvalidInputError(
    `${paths[found.indexOf(true)]} is a run directory and ${paths[other]} is none, expected either run directories or recordings`,
  );
}

/**
 * The networks of run directories as recordings without trial noise, h[time, probe, unit]: each replica is one, its sessions are
 * the samples that trajectorySamples kept, its times steps since the end of burn-in, its neurons the hidden units simulated, in an
 * orthonormal basis of its own. Throws InvalidInputError where a directory has no trajectories, and where it has several points
 * and none was chosen.
 */
export async function networksIn(paths: readonly string[], point: number | undefined): Promise<readonly Recording[]> {
  const all: Recording[] = [];
  for (const path of paths) all.push(...(await networksOf(path, paths.length > 1 ? `${path} ` : '', point)));
  return all;
}

async function networksOf(path: string, prefix: string, chosen: number | undefined): Promise<Recording[]> {
  const { points } = await readManifest(path);
  if (chosen === undefined && points > 1) {
    throw new InvalidInputError(`${path}: has ${points} points, expected --point with one of 0 to ${points - 1}`);
  }
  const point = chosen ?? 0;
  const { replicas, steps, probes, units } = await readTrajectories(path, point);
  if (steps.length === 0) {
    throw new InvalidInputError(
      `${path}: keeps no trajectories, expected simulation.trajectorySamples in its experiment file`,
    );
  }
  const stimulusLabels = await labelsOf(path, point);
  return replicas.map((values, k) => ({
    name: `${prefix}replica ${k + 1}`,
    sessions: steps.length,
    trials: 1,
    stimuli: probes,
    neurons: Math.max(units, MIN_UNITS),
    values: units < MIN_UNITS ? padded(values, units) : values,
    times: steps,
    timeUnit: 'step',
    stimulusLabels,
    noiseFree: true,
    frequencies: null,
  }));
}

/** Codes with silent units added. */
function padded(values: Float64Array, units: number): Float64Array {
  const all = new Float64Array((values.length / units) * MIN_UNITS);
  values.forEach((value, i) => {
    all[Math.floor(i / units) * MIN_UNITS + (i % units)] = value;
  });
  return all;
}

/** What the probes of a point are called: their labels, or else their numbers. */
async function labelsOf(path: string, point: number): Promise<string[]> {
  const { rows } = await readTable(path);
  const names = rows
    .filter((row) => row.point === point)
    .map(({ probe, probeLabel }) => String(probeLabel ?? '') || String(probe));
  return names.map((name, k) => (names.indexOf(name) === k ? name : `${k + 1} ${name}`));
}
