import { formatNumber } from '#core';
import type { PointRecord } from '#experiment';

type Unsettled = NonNullable<PointRecord<null>['plan']['unsettled']>;

const percent = (share: number): string => `${formatNumber(100 * share, 2)}%`;

/** `31 to 69`, `4, 7`; the numbers ascend. */
function numbers(list: readonly number[]): string {
  const isRange = list.length > 2 && list[list.length - 1] - list[0] === list.length - 1;
  return isRange ? `${list[0]} to ${list[list.length - 1]}` : list.join(', ');
}

/** `44049 of 103431 normal modes, among them learned modes 54 to 69, relax too slowly to settle in the burn-in`. */
export function slowModesText({ modes, ofModes, learnedModes }: Unsettled): string {
  const learned =
    learnedModes.length > 0
      ? `, among them learned mode${learnedModes.length > 1 ? 's' : ''} ${numbers(learnedModes)},`
      : '';
  return `${modes} of ${ofModes} normal modes${learned} ${modes === 1 ? 'relaxes' : 'relax'} too slowly to settle in the burn-in`;
}

/** What a run that did not wait for every mode is expected to have left out. */
export const unsettledNotes = ({ plan: { unsettled } }: PointRecord<null>): string[] =>
  unsettled
    ? [
        `note: ${slowModesText(unsettled)}: D is expected to be off by about ${percent(unsettled.diffusion)}, F to be up to ` +
          `${percent(unsettled.fluctuation)} too small; burnIn, lag and duration in simulation wait for them`,
      ]
    : [];
