export { claims } from './claims/index.js';
export type { Claim, ClaimFigure, Evidence, Judgement } from './claim.js';
export { evidenceOf, prepareClaim, simulate } from './gather.js';
export type { Finding, Mode, PreparedClaim } from './gather.js';
export { reportPage, widths } from './html.js';
export type { Drawing } from './html.js';
export { claimReport, hardest, reproductionReport } from './report.js';
export type { ClaimReport, ReproductionReport, Setting } from './report.js';
