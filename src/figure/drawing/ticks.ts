import { functionsOf, type Axis, type Ticks } from './axis.js';
import { numberFormat, valueFormat } from './number-format.js';
import { lineHeight, textWidth, wrap } from './text.js';

/** Labelled ticks of an axis: fewer do not tell its scale, more crowd it. */
const [FEWEST, MOST] = [3, 5];

/**
 * Ticks at 1, 2, 5 times powers of ten; on a logarithmic axis of less than a decade also at 3, 4, 6, 8, on one of two
 * decades or more at powers of ten. 3 to 5, at less round numbers where the round ones are too few; fewer only where the
 * labels of three do not fit.
 *
 * @param space Length of the axis, px.
 * @param size Size of the labels, px.
 */
export function ticksOf(
  scale: Axis['scale'],
  [low, high]: readonly [number, number],
  space: number,
  size: number,
  direction: 'x' | 'y',
): Ticks {
  const candidates = scale === 'log' ? logCandidates(low, high) : linearCandidates(low, high);
  const fits = (labelled: readonly number[]): boolean => {
    const format = numberFormat(labelled, scale);
    const widest = Math.max(0, ...labelled.map((value) => textWidth(format(value), size)));
    const needed = direction === 'x' ? widest + 0.8 * size : 2 * size;
    return labelled.length <= MOST && labelled.length * needed <= space;
  };
  const enough = (labelled: readonly number[]): boolean => labelled.length >= FEWEST && fits(labelled);
  // Candidates go from many ticks to few.
  const labelled =
    candidates.find(enough) ??
    lessRound(scale, low, high).find(enough) ??
    candidates.find(fits) ??
    candidates[candidates.length - 1];
  return {
    labelled,
    format: numberFormat(labelled, scale),
    minor: scale === 'log' ? minorTicks(low, high) : [],
  };
}

/**
 * The ticks of an axis: at its own values if it has three or more that fit, else those of `ticksOf` too, whole ones where all its values
 * are; and at 0 where it has that.
 */
export function axisTicks(
  axis: Axis,
  domain: readonly [number, number],
  space: number,
  size: number,
  direction: 'x' | 'y',
): Ticks {
  const { zero } = axis;
  if (!zero) return ticksAbove0(axis, domain, space, size, direction);
  const [low, high] = domain.map(Math.log);
  // Clear of the strokes of the break.
  const least = zero.breakAt * Math.sqrt(zero.breakAt / zero.at);
  const share = (high - Math.log(least)) / (high - low);
  const above = ticksAbove0(axis, [least, domain[1]], share * space, size, direction);
  return {
    labelled: [zero.at, ...above.labelled],
    minor: above.minor,
    format: (value) => (value === zero.at ? '0' : above.format(value)),
  };
}

function ticksAbove0(
  { scale, values = [] }: Axis,
  domain: readonly [number, number],
  space: number,
  size: number,
  direction: 'x' | 'y',
): Ticks {
  const round = ticksOf(scale, domain, space, size, direction);
  if (values.length === 0) return round;
  const forward = scale === 'log' ? Math.log : Number;
  const [low, high] = domain.map(forward);
  const format = valueFormat(values);
  const ordered = [...values].sort((a, b) => a - b);
  const place = (value: number): number => (space * (forward(value) - low)) / (high - low);
  const half = (value: number): number => (direction === 'x' ? textWidth(format(value), size) / 2 + 0.2 * size : size);
  const apart = (a: number, b: number): boolean => place(b) - place(a) >= half(a) + half(b);
  const labelled: number[] = [];
  for (const value of ordered)
    if (labelled.length === 0 || apart(labelled[labelled.length - 1], value)) labelled.push(value);
  const last = ordered[ordered.length - 1];
  if (!labelled.includes(last)) {
    while (labelled.length > 1 && !apart(labelled[labelled.length - 1], last)) labelled.pop();
    if (apart(labelled[labelled.length - 1], last)) labelled.push(last);
  }
  const minor = ordered.filter((value) => !labelled.includes(value));
  if (labelled.length >= FEWEST) return { labelled, format, minor };
  // Two values do not tell the scale of an axis: round numbers beside them do.
  const isWhole = values.every(Number.isInteger);
  for (const value of round.labelled.filter((own) => !isWhole || Number.isInteger(own))) {
    if (labelled.every((own) => (own < value ? apart(own, value) : apart(value, own)))) labelled.push(value);
  }
  return { labelled: labelled.sort((a, b) => a - b), format: valueFormat(labelled), minor: [...minor, ...round.minor] };
}

/** Values on an axis, with a slack for the last bits of its ends. */
const within = (low: number, high: number, values: readonly number[]): number[] => {
  const slack = 1e-9 * (high - low);
  // Of an axis of many decades that would be far below its lower end.
  const below = low > 0 ? Math.min(slack, 1e-9 * low) : slack;
  return values.filter((value) => value >= low - below && value <= high + slack);
};

const decades = (low: number, high: number): number[] => {
  const first = Math.floor(Math.log10(low) - 1e-9);
  const last = Math.ceil(Math.log10(high) + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, k) => first + k);
};

/** mantissa · 10^exponent, parsed, because `**` would round. */
const exactPower = (exponent: number, mantissa = 1): number => Number(`${mantissa}e${exponent}`);

function logCandidates(low: number, high: number): number[][] {
  const exponents = decades(low, high);
  const multiples = (mantissas: readonly number[]): number[] =>
    within(
      low,
      high,
      exponents.flatMap((k) => mantissas.map((m) => exactPower(k, m))),
    );
  const powers = [1, 2, 3, 4, 5, 6, 8, 10].map((step) =>
    within(
      low,
      high,
      exponents.filter((k) => k % step === 0).map((k) => exactPower(k)),
    ),
  );
  if (high / low >= 100) return powers;
  // An axis that spans less than a factor of 4 may contain none of these numbers.
  const short = high / low < 10 ? [multiples([1, 2, 3, 4, 6, 8])] : [];
  const dense = [...short, multiples([1, 2, 5]), multiples([1, 3]), powers[0]].filter(({ length }) => length >= 2);
  return dense.length > 0 && high / low >= 4 ? dense : linearCandidates(low, high);
}

function linearCandidates(low: number, high: number, mantissas: readonly number[] = [1, 2, 5]): number[][] {
  const exponent = Math.floor(Math.log10(high - low));
  return [exponent - 1, exponent, exponent + 1].flatMap((k) =>
    mantissas
      .map((mantissa) => {
        const step = exactPower(k, mantissa);
        const first = Math.ceil(low / step - 1e-9);
        const count = Math.floor(high / step + 1e-9) - first + 1;
        // Multiples of the step, computed by their decimal digits, so that 3 * 0.1 is 0.3.
        return Array.from({ length: Math.max(count, 0) }, (_, i) => exactPower(k, (first + i) * mantissa));
      })
      .filter(({ length }) => length >= 2),
  );
}

/** Ticks for an axis on which round numbers are too few: multiples of 3 and 5 of its decades, then values of few digits. */
function lessRound(scale: Axis['scale'], low: number, high: number): number[][] {
  const multiples = (mantissas: readonly number[]): number[] =>
    within(
      low,
      high,
      decades(low, high).flatMap((k) => mantissas.map((m) => exactPower(k, m))),
    );
  const between = [1, 2, 3, 4].map((digits) => evenlySpaced(scale, low, high, digits));
  return scale === 'log'
    ? [multiples([1, 3]), multiples([1, 2, 5]), ...between]
    : [...linearCandidates(low, high, [3, 4, 25]), ...between];
}

/** Three values that divide an axis about evenly, rounded to so many digits; none where they would be far from that. */
function evenlySpaced(scale: Axis['scale'], low: number, high: number, digits: number): number[] {
  const [forward, backward] = functionsOf(scale);
  const [from, to] = [forward(low), forward(high)];
  const values = [1, 3, 5].map((sixth) => ({
    fraction: sixth / 6,
    value: Number(backward(from + (sixth / 6) * (to - from)).toPrecision(digits)),
  }));
  const isNear = values.every(
    ({ value, fraction }) => Math.abs((forward(value) - from) / (to - from) - fraction) < 0.1,
  );
  return isNear ? values.map(({ value }) => value) : [];
}

const minorTicks = (low: number, high: number): number[] =>
  high / low > 1e5 || high / low < 4
    ? []
    : within(
        low,
        high,
        decades(low, high).flatMap((k) => [1, 2, 3, 4, 5, 6, 7, 8, 9].map((m) => exactPower(k, m))),
      );

/** Length of a labelled tick, px. */
export const TICK_LENGTH = 6;

/** An axis; `names` of its values 0, 1, … stand in place of numbers. */
interface LabelledAxis {
  readonly axis: Axis;
  readonly domain: readonly [number, number];
  readonly names?: readonly string[] | undefined;
}

/** Distances from the edges of a drawing to its frame, px. */
export interface Margins {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * The margins that the texts around a frame need: labels of ticks, the label of the y axis above it, that of the x axis below.
 *
 * @param width Of the whole drawing, px.
 * @param size Size of the text, px.
 */
export function textMargins(
  x: LabelledAxis,
  y: LabelledAxis,
  width: number,
  frameHeight: number,
  size: number,
): Margins {
  const line = lineHeight(size);
  const widest = ({ axis, domain, names }: LabelledAxis, space: number, direction: 'x' | 'y'): number =>
    Math.max(
      0,
      ...(names ?? labelsOf(axisTicks(axis, domain, space, size, direction))).map((label) => textWidth(label, size)),
    );
  const left = widest(y, frameHeight, 'y') + TICK_LENGTH + 4;
  const xLabel = widest(x, width - left - 20, 'x');
  return {
    left: Math.max(left, xLabel / 2),
    right: xLabel / 2 + 2,
    top: wrap(y.axis.label, size, width).length * line + 8,
    bottom: TICK_LENGTH + 5 + line + 2 + wrap(x.axis.label, size, width - left).length * line,
  };
}

const labelsOf = ({ labelled, format }: Ticks): string[] => labelled.map(format);
