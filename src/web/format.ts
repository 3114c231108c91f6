// The formats of numbers, typeset for the page.
import {
  formatCount,
  formatEstimate as formatAnyEstimate,
  formatLike as formatAnyLike,
  formatNumber,
  type Estimate,
} from '#core';

export const format = (value: number, digits?: number): string => formatNumber(value, digits, 'typeset');
export const formatEstimate = (estimate: Estimate): string => formatAnyEstimate(estimate, 'typeset');
export const formatLike = (value: number, se: number): string => formatAnyLike(value, se, 'typeset');
export const count = (value: number): string => formatCount(value, 'typeset');
