import type { Estimate } from '#core';
import type { FigureData } from '../../figure.js';

/** Position in the map: the parameters, and the step of the frequency. */
export interface ClaimsMapPlace {
  readonly weightDecay: number;
  readonly labelNoiseVariance: number;
  readonly from: number;
  readonly to: number;
}

/** A cell: the effect of a step of the frequency on the drift of the stimulus, by theory. */
export interface ClaimsMapCell extends ClaimsMapPlace {
  /** d ln(drift rate) / d f. */
  readonly slope: number;
  /** 1 if the stimulus drifts more slowly than all others, 2 if all but one, and so on. */
  readonly rank: number;
}

/** The same effect by simulation. */
export interface ClaimsMapSpot extends ClaimsMapPlace {
  readonly slope: Estimate;
}

export interface ClaimsMapTable extends FigureData {
  readonly kind: 'claims-map';
  readonly cells: readonly ClaimsMapCell[];
  readonly spots?: readonly ClaimsMapSpot[] | undefined;
  /** What the axes are called instead of their parameters, and the frequency in the titles of the panels instead of f. */
  readonly labels?: Readonly<Partial<Record<'weightDecay' | 'labelNoiseVariance' | 'frequency', string | undefined>>>;
}
