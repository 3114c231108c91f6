import {
  courseErrors,
  errorBesideNext,
  predictedCourses,
  type EstimatedMotion,
  type NextOrderProbe,
  type ProbePrediction,
} from '#theory';
import { perQuantity, type PerQuantity } from '../quantities.js';

/** What the learning rate is expected to put the leading order of a probe off, relative; with the next order where it is known. */
export const learningRateErrorOf = (
  leading: ProbePrediction,
  next: NextOrderProbe | undefined,
): PerQuantity<number> => {
  const error = next ? errorBesideNext(leading, next) : leading.learningRateError;
  return perQuantity((_, quantity) => quantity.learningRateError(error));
};

/** Predicted time courses, and what the learning rate is expected to put them off. */
export const coursesOf = (motion: EstimatedMotion, steps: readonly number[]) => ({
  ...predictedCourses(motion, steps),
  learningRateError: courseErrors(motion, steps),
});
