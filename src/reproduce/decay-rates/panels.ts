import { equalityLine, type Axis, type Panel } from '#figure';
import type { DecayRate } from './closed-forms.js';
import { over, type RateAt } from './measured.js';
import type { Setting } from './setting.js';

/** The decay rate along one number. */
export interface Cut {
  readonly title?: string;
  readonly x: Axis;
  readonly of: (setting: Setting) => number;
  /** The simulated settings that lie on it. */
  readonly includes: (setting: Setting) => boolean;
  /** The setting at a value, from one that lies on it. */
  readonly at: (setting: Setting, x: number) => Setting;
  /** Values at which the closed forms are drawn. */
  readonly drawn: readonly number[];
}

const PUBLISHED = 'published, in its limit';

/** Closed form (line), published rate (dashed) and simulation at eta -> 0 (points). */
export function ratePanel(
  { title, x, of, includes, at, drawn }: Cut,
  { exact, published }: DecayRate,
  rates: readonly RateAt[],
): Panel {
  const own = rates.filter(({ setting }) => includes(setting));
  const along = (rate: (setting: Setting) => number): { x: number; y: number }[] =>
    drawn.map((value) => ({ x: value, y: rate(at(own[0].setting, value)) }));
  return {
    ...(title !== undefined && { title }),
    x,
    y: { label: 'decay rate / η³ (per step)', scale: x.scale },
    theory: [
      { series: 'closed form', points: along(exact) },
      { series: PUBLISHED, points: along(published), dashed: true },
    ],
    simulation: [
      {
        series: 'simulation, η → 0',
        points: own.map(({ setting, limit: { value, se } }) => ({ x: of(setting), y: value, se })),
      },
    ],
  };
}

/** Simulation / closed form in all settings. */
export const ratioPanel = ({ exact }: DecayRate, rates: readonly RateAt[]): Panel => ({
  x: { label: 'decay rate / η³, closed form (per step)', scale: 'log' },
  y: { label: 'simulation, η → 0 / closed form', scale: 'linear', domain: [0.8, 1.2] },
  theory: [],
  simulation: [
    {
      series: 'simulation / closed form',
      points: rates.map(({ setting, limit }) => {
        const { value, se } = over(limit, exact(setting));
        return { x: exact(setting), y: value, se };
      }),
    },
  ],
  referenceLine: equalityLine,
});

/** `count` values from first to last at equal distances. */
export const linear = (first: number, last: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => first + ((last - first) * i) / (count - 1));
