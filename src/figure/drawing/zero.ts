/** Room for 0 on a logarithmic axis, as part of what the values above 0 span, which count as a decade at least. */
const ROOM = 0.2;

/** Where 0 is drawn on a logarithmic axis, and where the axis is broken between it and the values above 0. */
export interface Zero {
  readonly at: number;
  readonly breakAt: number;
}

/** The place of 0 below values above 0. */
export function zeroBelow(positive: readonly number[]): Zero {
  const [low, high] = [Math.min(...positive), Math.max(...positive)];
  const room = Math.max(high / low, 10) ** ROOM;
  return { at: low / room, breakAt: low / Math.sqrt(room) };
}

/** Where on the axis a value is drawn: 0 at its place below the break. */
export const placeOf = ({ zero }: { readonly zero?: Zero | undefined }, value: number): number =>
  zero && value === 0 ? zero.at : value;
