import type { Measured, Motion } from '#analyse';
import { scaled } from './measured.js';

/** What is measured of the motion of a representation, as tables of people show it. */
interface MotionQuantity {
  /** As formulas write it. */
  readonly symbol: string;
  /** As terminals write it. */
  readonly plainSymbol: string;
  readonly name: string;
  /** For a unit of time. */
  readonly unit: (time: string) => string;
  readonly of: (motion: Motion) => Measured;
}

/** Every quantity, in the order of tables. 2F, not F, because it is what displacement tends to at short gaps. */
export const motionQuantities: readonly MotionQuantity[] = [
  {
    symbol: '‖h‖²',
    plainSymbol: '|h|^2',
    name: 'strength',
    unit: () => 'activity²',
    of: ({ strength }) => strength,
  },
  {
    symbol: '2F',
    plainSymbol: '2F',
    name: 'fluctuation between sessions',
    unit: () => 'activity²',
    of: ({ fluctuation }) => scaled(fluctuation, 2),
  },
  {
    symbol: 'D',
    plainSymbol: 'D',
    name: 'diffusion',
    unit: (time) => `activity² per ${time}`,
    of: ({ diffusion }) => diffusion,
  },
  {
    symbol: 'D/‖h‖²',
    plainSymbol: 'D/|h|^2',
    name: 'relative diffusion',
    unit: (time) => `rad² per ${time}`,
    of: ({ relativeDiffusion }) => relativeDiffusion,
  },
  {
    symbol: '|v|',
    plainSymbol: '|v|',
    name: 'directed speed',
    unit: (time) => `activity per ${time}`,
    of: ({ directedSpeed }) => directedSpeed,
  },
  {
    symbol: 't½',
    plainSymbol: 'half-life',
    name: 'half-life of the self-correlation',
    unit: (time) => time,
    of: ({ halfLife }) => halfLife,
  },
];
