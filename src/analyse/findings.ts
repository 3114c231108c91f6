import type { WorkingLaw } from '#measure';
import type { Recording } from '#recording';
import type { Blocks } from './codes/blocks.js';
import type { Codes } from './codes/codes.js';
import type { LawSums } from './law/law-sums.js';
import type { MotionStatistics } from './law/motion.js';
import type { GapGroup, PairSums } from './pairs/pair-sums.js';
import type { PairProducts } from './similarity/similarity.js';
import type { Deletions } from './similarity/stimulus-blocks.js';
import type { AnalysisOptions } from './report.js';

/** What is computed once of a recording; controls and warnings look at it. */
export interface Findings {
  readonly recording: Recording;
  readonly options: AnalysisOptions;
  /** Normalised as asked. */
  readonly codes: Codes;
  readonly blocks: Blocks;
  readonly law: LawSums;
  readonly working: WorkingLaw | null;
  readonly population: MotionStatistics;
  readonly pairs: PairSums;
  readonly groups: readonly GapGroup[];
  /** Null for fewer than three stimuli. */
  readonly similarity: {
    readonly pairs: readonly Deletions<PairProducts>[];
    readonly smooth: readonly number[];
  } | null;
}
