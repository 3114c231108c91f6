import type { NextOrderPrediction, Prediction } from '#theory';

/** The orders of a prediction. */
export interface Orders<Missing extends null = never> {
  readonly prediction: Prediction | Missing;
  /** With the next order of the learning rate; null where that was not asked for. */
  readonly next: NextOrderPrediction | null;
  /** The same also where it was not asked for and is cheap: for time courses and errors. null or missing: the leading order. */
  readonly best?: NextOrderPrediction | null;
}
