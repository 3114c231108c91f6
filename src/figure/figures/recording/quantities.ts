import { dotsOf } from './values.js';
import type { StimuliTable, StimulusRow } from './table.js';

/** A quantity of stimuli that is drawn. */
export interface StimulusQuantity {
  readonly label: string;
  readonly isRelative: boolean;
  readonly of: (row: Pick<StimulusRow, 'diffusion' | 'relativeDiffusion'>) => StimulusRow['diffusion'];
}

/** D, and D/|h|² beside it; those of which there is a number. */
export const quantitiesOf = ({ stimuli, timeUnit }: StimuliTable): StimulusQuantity[] =>
  [
    {
      label: `diffusion D (activity² per ${timeUnit})`,
      isRelative: false,
      of: ({ diffusion }: Pick<StimulusRow, 'diffusion'>) => diffusion,
    },
    {
      label: `D/‖h‖² (rad² per ${timeUnit})`,
      isRelative: true,
      of: ({ relativeDiffusion }: Pick<StimulusRow, 'relativeDiffusion'>) => relativeDiffusion,
    },
  ].filter(({ of }) => dotsOf(stimuli.map((row, x) => ({ x, of: of(row) }))).length > 0);
