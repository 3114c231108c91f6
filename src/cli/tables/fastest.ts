import { formatEstimate, type Estimate } from '#core';
import {
  plainSymbol,
  quantityOf,
  theoryErrorOf,
  type PointRecord,
  type QuantityName,
  type TheoryRecord,
} from '#experiment';
import { probeLabel } from './terminal.js';
import { isUseless } from './theory-cells.js';

/** A probe by its stimulus and its label, and what is known of its quantities. */
interface Ranked {
  readonly stimulus: readonly number[];
  readonly label?: string;
  readonly of: (name: QuantityName) => Estimate | null;
}

/** Two values nearer than this many of their standard errors are not told apart. */
const SEPARATION = 2;
/** Predictions nearer than this fraction are equal but for rounding; half-lives nearer than that tell the same. */
const EQUAL = 1e-9;
const NOTABLE = 0.01;
/** Probes that are named before the rest are counted. */
const MAX_NAMED = 5;

/** Which stimulus drifts fastest, as predicted; nothing for a single probe. */
export function fastestInTheory(probes: TheoryRecord['probes']): string {
  const line = fastestLine(
    probes.map((probe) => ({
      ...nameOf(probe),
      of: (name) => {
        const value = probe[name];
        return value === null ? null : { value, se: theoryErrorOf(probe, name) };
      },
    })),
  );
  const uncertain = probes.filter((probe) => isUseless(probe, 'relativeDiffusion')).length;
  return uncertain === 0
    ? line
    : line.replace('\n', `; uncertain: D/|h|^2 of ${uncertain} of ${probes.length} probes is in parentheses\n`);
}

/** The same as measured, with the probes from which the fastest is not told apart. */
export const fastestMeasured = ({ probes }: Pick<PointRecord<null>, 'probes'>): string =>
  fastestLine(probes.map((probe) => ({ ...nameOf(probe), of: (name) => probe.simulation[name] })));

const nameOf = ({ stimulus, label }: Omit<Ranked, 'of'>): Omit<Ranked, 'of'> => ({
  stimulus,
  ...(label === undefined ? {} : { label }),
});

/**
 * The probe of largest D/|h|^2, with its half-life; then that of largest D and, where directed drift makes it another one, of
 * shortest half-life; each with those that it is not told apart from. A line, or nothing for a single probe.
 */
function fastestLine(probes: readonly Ranked[]): string {
  if (probes.length < 2) return '';
  const fastest = ranking(probes, 'relativeDiffusion', -1);
  if (fastest.length === 0) return 'fastest: none, no probe drifts\n';
  const [first] = fastest;
  const named = (k: number): string => `probe ${probeLabel(probes[k], k)}`;
  const valued = (name: QuantityName, k: number): string[] => {
    const estimate = probes[k].of(name);
    return estimate ? [`${plainSymbol(name)} ${formatEstimate(estimate)} ${plainUnit(name)}`] : [];
  };
  const byD = ranking(probes, 'diffusion', -1);
  const byHalfLife = ranking(probes, 'halfLife', 1);
  const isNotable = byHalfLife.length > 0 && isShorter(byHalfLife[0], probes[first.k].of('halfLife'));
  const alike = (places: readonly Place[], start: string): string => {
    const names = alikeTo(places, probes);
    return names === null ? '' : `${start}not told apart from probe ${names}`;
  };
  const parts = [
    [named(first.k), ...valued('relativeDiffusion', first.k), ...valued('halfLife', first.k)].join(', ') +
      alike(fastest, '; '),
    ...byD.slice(0, 1).map(({ k }) => `by D: ${k === first.k ? 'the same' : named(k)}${alike(byD, ', ')}`),
    ...(isNotable
      ? [`by half-life: ${named(byHalfLife[0].k)}, ${formatEstimate(byHalfLife[0])} steps${alike(byHalfLife, ', ')}`]
      : []),
  ];
  return `fastest: ${parts.join('; ')}\n`;
}

interface Place extends Estimate {
  /** Number of the probe, from 0. */
  readonly k: number;
}

/** The probes that have a quantity above 0, the largest first (sign -1) or the smallest; equals in the order of their numbers. */
function ranking(probes: readonly Ranked[], name: QuantityName, sign: 1 | -1): Place[] {
  const places = probes
    .flatMap(({ of }, k) => {
      const estimate = of(name);
      return estimate && estimate.value > 0 ? [{ ...estimate, k }] : [];
    })
    .sort((a, b) => sign * (a.value - b.value));
  const isFirst = ({ value }: Place): boolean => Math.abs(value - places[0].value) <= EQUAL * places[0].value;
  return [...places.filter(isFirst).sort((a, b) => a.k - b.k), ...places.filter((place) => !isFirst(place))];
}

/** Whether two values differ by more than a fraction of the first, and by more than their errors. */
const areApart = (first: Estimate, other: Estimate, fraction: number): boolean =>
  Math.abs(first.value - other.value) > Math.max(fraction * first.value, SEPARATION * Math.hypot(first.se, other.se));

const isShorter = (shortest: Estimate, other: Estimate | null): boolean =>
  other === null || areApart(shortest, other, NOTABLE);

/** Those that are as fast as the first, or may be; null where it is alone. */
function alikeTo([first, ...others]: readonly Place[], probes: readonly Ranked[]): string | null {
  const alike = others.filter((other) => !areApart(first, other, EQUAL)).map(({ k }) => k);
  if (alike.length === 0) return null;
  const names = alike
    .sort((a, b) => a - b)
    .slice(0, MAX_NAMED)
    .map((k) => [k + 1, ...(probes[k].label === undefined ? [] : [probes[k].label])].join(' '))
    .join(', ');
  const rest = alike.length > MAX_NAMED ? ` and ${alike.length - MAX_NAMED} more` : '';
  return `${names}${rest}`;
}

const plainUnit = (name: QuantityName): string => quantityOf(name).unit.replaceAll('²', '^2');
