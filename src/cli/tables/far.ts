import { formatNumber, type Estimate } from '#core';
import { plainSymbol, quantityNames, type PointRecord } from '#experiment';

/** Beyond this departure of simulation / theory from 1 the leading order is not enough. */
export const FAR = 0.3;

export const FAR_TEXT = `more than ${100 * FAR}% off the leading order in the learning rate: lower it`;

/** Whether a ratio simulation / theory is beyond it for certain. */
export const isFar = ({ value, se }: Estimate): boolean => Math.abs(value - 1) > FAR + 3 * se;

/** `30 times theory`, or the least and the largest of several ratios. */
export function timesTheory(ratios: readonly number[]): string {
  const [least, most] = [Math.min, Math.max].map((pick) =>
    formatNumber(
      ratios.reduce((a, b) => pick(a, b)),
      2,
    ),
  );
  return `${least === most ? least : `${least} to ${most}`} times theory`;
}

/** A note for each quantity that is far from theory at a point, with the probes concerned. */
export function farNotes({ probes, plan }: Pick<PointRecord<null>, 'probes' | 'plan'>): string[] {
  return quantityNames.flatMap((name) => {
    // F is then known to be too small for another reason, which has a note of its own.
    if (name === 'fluctuation' && (plan.unsettled?.fluctuation ?? 0) > FAR / 3) return [];
    const far = probes.flatMap(({ ratio }, k) => {
      const own = ratio[name];
      return own && isFar(own) ? [{ probe: k + 1, ratio: own.value }] : [];
    });
    if (far.length === 0) return [];
    const probeList = far.map(({ probe }) => probe).join(', ');
    return [
      `note: ${plainSymbol(name)} of probe ${probeList} is ${timesTheory(far.map(({ ratio }) => ratio))}, ${FAR_TEXT}`,
    ];
  });
}
