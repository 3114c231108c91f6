import { formatEstimate, formatLike, formatNumber, MISSING } from '#core';
import type { PointRecord, TheoryRecord } from '#experiment';
import { probeLabel, terminalTable } from './terminal.js';

type PhaseOf<P extends { readonly phase?: object }> = NonNullable<P['phase']>;

/** Points that begin with a first phase, in lists of those that are the phases of one experiment. */
function protocols<P extends { readonly phase?: { readonly index: number } }>(points: readonly P[]): P[][] {
  const lists: P[][] = [];
  for (const point of points) {
    if (!point.phase) continue;
    if (point.phase.index === 0) lists.push([]);
    lists.at(-1)?.push(point);
  }
  return lists;
}

const HEAD = 'self-correlation of the representations across phases';
const KEYS = ['from', 'to the end of', ''];

const fromName = (from: string, index: number): string => (index === 0 ? 'first sample' : `end of ${from}`);

/** What is left of the codes from one end of a phase to another: a line of theory and one of simulation. */
export function phaseTables(points: readonly PointRecord<null>[], width?: number): string[] {
  return protocols(points).map((phases) => {
    const table = terminalTable([...KEYS, ...phases[0].probes.map(probeLabel)], { width, keys: KEYS.length });
    for (const { phase } of phases) {
      phase?.toEnd.forEach(({ from, probes }, k) => {
        const cells = probes.map(({ simulation }) => (simulation ? formatEstimate(simulation) : MISSING));
        const theory = probes.map((own) =>
          own.theory === null
            ? MISSING
            : own.simulation
              ? formatLike(own.theory, own.simulation.se)
              : formatNumber(own.theory),
        );
        table.push([fromName(from, k), phase.name, 'theory', ...theory]);
        table.push(['', '', 'simulation', ...cells]);
      });
    }
    return `${HEAD}\n${table.toString()}\n${timesLine(phases.map(({ phase }) => phase))}`;
  });
}

/** The same by the theory alone. */
export function phaseTheoryTables(points: readonly TheoryRecord[], width?: number): string[] {
  return protocols(points).map((phases) => {
    const table = terminalTable([...KEYS.slice(0, 2), ...phases[0].probes.map(probeLabel)], { width, keys: 2 });
    for (const { phase } of phases) {
      phase?.toEnd.forEach(({ from, probes }, k) => {
        const cells = probes.map((value) => (value === null ? MISSING : formatNumber(value)));
        table.push([fromName(from, k), phase.name, ...cells]);
      });
    }
    return `${HEAD}\n${table.toString()}\n${timesLine(phases.map(({ phase }) => phase))}`;
  });
}

const timesLine = (phases: readonly (PhaseOf<PointRecord> | PhaseOf<TheoryRecord> | undefined)[]): string =>
  `${phases
    .flatMap((phase) =>
      phase ? [`${phase.name} ${phase.steps} steps${phase.index === 0 ? '' : ` (transient ${phase.transient})`}`] : [],
    )
    .join(', ')}\n`;
