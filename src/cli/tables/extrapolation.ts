import { formatEstimate, MISSING } from '#core';
import { plainSymbol, quantityNames, type ExtrapolationRecord } from '#experiment';
import { FAR } from './far.js';
import { describeParameters, terminalTable } from './terminal.js';

/** The limits eta -> 0 of simulation / theory for a terminal. The probes are numbered from 1 unless their numbers are given. */
export function extrapolationTable(
  { parameters, learningRates, probes }: ExtrapolationRecord,
  width?: number,
  probeNumbers: readonly number[] = probes.map((_, k) => k + 1),
): string {
  const table = terminalTable(['probe', '', 'ratio at eta -> 0', 'slope in eta', 'chi^2'], { width, keys: 2 });
  probes.forEach((probe, k) => {
    quantityNames.forEach((name, i) => {
      const fit = probe[name];
      table.push([
        i === 0 ? String(probeNumbers[k]) : '',
        plainSymbol(name),
        fit ? formatEstimate(fit.limit) : MISSING,
        fit ? formatEstimate(fit.slope) : MISSING,
        fit ? fit.chiSquare.toFixed(1) : MISSING,
      ]);
    });
  });
  const rates = learningRates.map(String).join(', ');
  return (
    `simulation / theory extrapolated to learning rate 0 from ${rates} (${describeParameters(parameters)})\n` +
    `${table.toString()}\nexpected chi^2 of a row: ${learningRates.length - 2}; the errors are statistical only\n` +
    curvatureNote(probes, learningRates)
  );
}

/** A straight line serves while the ratio changes little over the rates. */
function curvatureNote(probes: ExtrapolationRecord['probes'], learningRates: readonly number[]): string {
  const slopes = probes.flatMap((probe) =>
    quantityNames.map((name) => {
      const fit = probe[name];
      return fit ? Math.abs(fit.slope.value) - 3 * fit.slope.se : 0;
    }),
  );
  const change = Math.max(...slopes) * (Math.max(...learningRates) - Math.min(...learningRates));
  return change > FAR
    ? `note: a ratio changes by more than ${100 * FAR}% over these rates: a straight line is not reliable, lower them\n`
    : '';
}
