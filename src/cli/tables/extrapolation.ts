import { formatEstimate, MISSING } from '#core';
import type { LimitMethod } from '#compare';
import { plainSymbol, quantityNames, type ExtrapolationRecord } from '#experiment';
import { FAR } from './far.js';
import { describeParameters, terminalTable } from './terminal.js';

/** The limits eta -> 0 of simulation / theory for a terminal. The probes are numbered from 1 unless their numbers are given. */
export function extrapolationTable(
  { parameters, learningRates, probes }: ExtrapolationRecord,
  width?: number,
  probeNumbers: readonly number[] = probes.map((_, k) => k + 1),
): string {
  const table = terminalTable(['probe', '', 'ratio at eta -> 0', 'fit in', 'slope', 'chi^2'], { width, keys: 2 });
  probes.forEach((probe, k) => {
    quantityNames.forEach((name, i) => {
      const fit = probe[name];
      table.push([
        i === 0 ? String(probeNumbers[k]) : '',
        plainSymbol(name),
        fit ? formatEstimate(fit.limit) : MISSING,
        fit ? VARIABLES[fit.method] : MISSING,
        fit ? formatEstimate(fit.slope) : MISSING,
        fit ? fit.chiSquare.toFixed(1) : MISSING,
      ]);
    });
  });
  const rates = learningRates.map(String).join(', ');
  return (
    `simulation / theory extrapolated to learning rate 0 from ${rates} (${describeParameters(parameters)})\n` +
    `${table.toString()}\nexpected chi^2 of a row: ${learningRates.length - 2}; ${describeFits(probes)}; the errors include what that leaves out\n` +
    curvatureNote(probes, learningRates)
  );
}

/** What a ratio is a straight line in. */
const VARIABLES: Readonly<Record<LimitMethod, string>> = {
  nextOrder: 'eta^2',
  straightLine: 'eta',
  bySource: 'eta, w',
};

const FITS: Readonly<Record<LimitMethod, string>> = {
  nextOrder: 'in eta^2: simulation / next order of the theory',
  straightLine: 'in eta: a straight line through the ratios',
  bySource: 'in eta, w: a straight line by source of drift, w the share of learning beside synaptic noise',
};

function describeFits(probes: ExtrapolationRecord['probes']): string {
  const used = new Set(probes.flatMap((probe) => quantityNames.flatMap((name) => probe[name]?.method ?? [])));
  return (['nextOrder', 'straightLine', 'bySource'] as const)
    .filter((method) => used.has(method))
    .map((method) => FITS[method])
    .join('; ');
}

/** A straight line serves while the ratio changes little over the rates. */
function curvatureNote(probes: ExtrapolationRecord['probes'], learningRates: readonly number[]): string {
  const [least, most] = [Math.min(...learningRates), Math.max(...learningRates)];
  const rangeOf = (method: LimitMethod): number => (method === 'nextOrder' ? most ** 2 - least ** 2 : most - least);
  const changes = probes.flatMap((probe) =>
    quantityNames.map((name) => {
      const fit = probe[name];
      return fit ? (Math.abs(fit.slope.value) - 3 * fit.slope.se) * rangeOf(fit.method) : 0;
    }),
  );
  const change = Math.max(...changes);
  return change > FAR
    ? `note: a ratio changes by more than ${100 * FAR}% over these rates: a straight line is not reliable, lower them\n`
    : '';
}
