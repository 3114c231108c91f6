export { claims } from './claims/index.js';
export type { Claim, ClaimFigure, Evidence, Judgement } from './claim.js';
export { evidenceOf, prepareClaim, simulate } from './run-claim.js';
export type { PointResult, Mode, PreparedClaim } from './run-claim.js';
export { reportPage, widths } from './html.js';
export type { Drawing } from './html.js';
export { claimReport, closestToFailing, reproductionReport } from './report.js';
export type { ClaimReport, ReproductionReport, Setting } from './report.js';
