import { textWidth } from './text.js';

/** An axis of a panel. */
export interface Axis {
  /** With unit, e.g. `diffusion D (activation² per step)`. */
  readonly label: string;
  readonly scale: 'log' | 'linear';
  /** Ends of the axis; by default what is drawn fits. */
  readonly domain?: readonly [number, number];
  /** Values to label, as many as find room, instead of round numbers. */
  readonly values?: readonly number[];
}

export interface Ticks {
  readonly labelled: readonly number[];
  /** Ticks without labels between those with. */
  readonly minor: readonly number[];
  readonly format: (value: number) => string;
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** 10 to an integer power, e.g. 10⁻⁹. */
const powerOfTen = (exponent: number): string =>
  `10${exponent < 0 ? '⁻' : ''}${`${Math.abs(exponent)}`.replace(/\d/g, (digit) => superscripts[Number(digit)])}`;

/** How the numbers of one axis are written: plain where they are easily read, else with a power of ten. A true minus sign. */
export function numberFormat(values: readonly number[], scale: Axis['scale'] = 'linear'): Ticks['format'] {
  const isPlain = values.every((value) => value === 0 || (Math.abs(value) >= 0.999e-3 && Math.abs(value) < 1e5));
  const decimals = Math.max(0, ...values.map((value) => `${value}`.split('.').at(1)?.length ?? 0));
  return (value) => {
    if (value === 0) return '0';
    if (isPlain) return (scale === 'log' ? `${value}` : value.toFixed(decimals)).replace('-', '−');
    const [mantissa, exponent] = value.toExponential(6).split('e').map(Number);
    if (mantissa === 1) return powerOfTen(exponent);
    return `${mantissa}×${powerOfTen(exponent)}`.replace('-', '−');
  };
}

/** The interval of an axis that shows all values, a little wider than they. */
export function domainOf(scale: Axis['scale'], values: readonly number[]): [number, number] {
  const [forward, backward] = scale === 'log' ? [Math.log, Math.exp] : [Number, Number];
  const low = Math.min(...values.map(forward));
  const high = Math.max(...values.map(forward));
  const span = high - low || (scale === 'log' ? 1 : Math.abs(high) || 1);
  return [backward(low - 0.06 * span), backward(high + 0.06 * span)];
}

/**
 * Ticks at 1, 2, 5 times powers of ten; on a logarithmic axis of less than a decade at 3, 4, 6, 8 too, of two decades or more
 * at powers of ten only. As many as fit, at most 5, and at least 2.
 *
 * @param room What the labels share along the axis, px; `size` is that of the text where labels stand above one another.
 */
export function ticksOf(
  scale: Axis['scale'],
  [low, high]: readonly [number, number],
  room: number,
  size: number,
  direction: 'x' | 'y',
): Ticks {
  const candidates = scale === 'log' ? logCandidates(low, high) : linearCandidates(low, high);
  const fitting = candidates.map((labelled) => {
    const format = numberFormat(labelled, scale);
    const widest = Math.max(0, ...labelled.map((value) => textWidth(format(value), size)));
    const needed = direction === 'x' ? widest + 0.8 * size : 2 * size;
    return { labelled, format, fits: labelled.length <= 5 && labelled.length * needed <= room };
  });
  // Candidates go from many ticks to few.
  const { labelled, format } = fitting.find(({ fits }) => fits) ?? fitting[fitting.length - 1];
  return { labelled, format, minor: scale === 'log' ? minorTicks(low, high) : [] };
}

/** The ticks of an axis: at its own values where it has some, else at round numbers as `ticksOf` says. */
export function axisTicks(
  { scale, values = [] }: Axis,
  domain: readonly [number, number],
  room: number,
  size: number,
  direction: 'x' | 'y',
): Ticks {
  if (values.length === 0) return ticksOf(scale, domain, room, size, direction);
  const forward = scale === 'log' ? Math.log : Number;
  const [low, high] = domain.map(forward);
  const format = valueFormat(values);
  const ordered = [...values].sort((a, b) => a - b);
  const place = (value: number): number => (room * (forward(value) - low)) / (high - low);
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
  return { labelled, format, minor: ordered.filter((value) => !labelled.includes(value)) };
}

/** How swept values are written: each to three digits, without zeros that only others need. */
export function valueFormat(values: readonly number[]): Ticks['format'] {
  const written = numberFormat(values.map(threeDigits), 'log');
  return (value) => written(threeDigits(value));
}

const threeDigits = (value: number): number => Number(value.toPrecision(3));

const within = (low: number, high: number, values: readonly number[]): number[] => {
  const slack = 1e-9 * (high - low);
  return values.filter((value) => value >= low - slack && value <= high + slack);
};

const decades = (low: number, high: number): number[] => {
  const first = Math.floor(Math.log10(low) - 1e-9);
  const last = Math.ceil(Math.log10(high) + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, k) => first + k);
};

/** 10^k without the rounding of a power. */
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
  // An axis that holds less than a factor of 4 may have none of these numbers.
  const short = high / low < 10 ? [multiples([1, 2, 3, 4, 6, 8])] : [];
  const dense = [...short, multiples([1, 2, 5]), multiples([1, 3]), powers[0]].filter(({ length }) => length >= 2);
  return dense.length > 0 && high / low >= 4 ? dense : linearCandidates(low, high);
}

function linearCandidates(low: number, high: number): number[][] {
  const exponent = Math.floor(Math.log10(high - low));
  return [exponent - 1, exponent, exponent + 1].flatMap((k) =>
    [1, 2, 5]
      .map((mantissa) => {
        const step = exactPower(k, mantissa);
        const first = Math.ceil(low / step - 1e-9);
        const count = Math.floor(high / step + 1e-9) - first + 1;
        // Multiples of the step, through their decimal digits, so that 3 * 0.1 is 0.3.
        return Array.from({ length: Math.max(count, 0) }, (_, i) => exactPower(k, (first + i) * mantissa));
      })
      .filter(({ length }) => length >= 2),
  );
}

const minorTicks = (low: number, high: number): number[] =>
  high / low > 1e5 || high / low < 4
    ? []
    : within(
        low,
        high,
        decades(low, high).flatMap((k) => [1, 2, 3, 4, 5, 6, 7, 8, 9].map((m) => exactPower(k, m))),
      );
