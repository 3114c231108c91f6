import { equalityLine, type Axis, type Dots, type Panel } from '#figure';
import { quantities, type ExtrapolationRecord, type ProbeComparison, type QuantityName } from '#experiment';

export const scalingRates = ['fluctuation', 'diffusion'] as const;
type ScalingRate = (typeof scalingRates)[number];

/** Predicted F and D of a stimulus at one value of the parameter on the x axis. */
interface Predicted {
  readonly x: number;
  readonly learningRate: number;
  readonly probe: Record<ScalingRate, number>;
}
interface Simulated {
  readonly x: number;
  readonly learningRate: number;
  readonly probe: Pick<ProbeComparison, 'simulation'>;
}
interface Limit {
  readonly x: number;
  readonly probe: ExtrapolationRecord['probes'][number];
}

/**
 * F / eta and D / eta^3, which by theory do not depend on the learning rate, as lines and points; and the ratio
 * simulation / theory at eta -> 0.
 */
export function scalingPanels(
  x: Axis,
  theory: readonly Predicted[],
  simulation: readonly Simulated[],
  limits: readonly Limit[],
): Panel[] {
  const rates = [...new Set(simulation.map(({ learningRate }) => learningRate))].sort((a, b) => b - a);
  const panel = (quantity: ScalingRate, power: number, label: string): Panel => ({
    x,
    y: { label, scale: 'log' },
    theory: [
      {
        series: 'theory',
        points: theory.map((point) => ({ x: point.x, y: point.probe[quantity] / point.learningRate ** power })),
      },
    ],
    simulation: rates.map((rate) => ({
      series: `simulation, η = ${rate}`,
      points: simulation
        .filter(({ learningRate }) => learningRate === rate)
        .map((point) => {
          const { value, se } = point.probe.simulation[quantity];
          return { x: point.x, y: value / rate ** power, se: se / rate ** power };
        }),
    })),
  });
  return [
    panel('fluctuation', 1, scaledLabel('fluctuation', 'η')),
    panel('diffusion', 3, scaledLabel('diffusion', 'η³')),
    {
      x,
      y: { label: 'simulation / theory, η → 0', scale: 'linear', domain: [0.9, 1.1] },
      theory: [],
      simulation: [limitDots(limits, 'fluctuation', 'F, η → 0'), limitDots(limits, 'diffusion', 'D, η → 0')],
      referenceLine: equalityLine,
    },
  ];
}

/** The label of a quantity over a power of the learning rate: `D / η³ (activation² per step)`. */
function scaledLabel(name: QuantityName, power: string): string {
  const { symbol, unit } = quantities[name];
  return `${symbol} / ${power} (${unit})`;
}

/** Limits of one quantity as points, with the errors that verdicts use. */
export const limitDots = (limits: readonly Limit[], quantity: keyof Limit['probe'], series: string): Dots => ({
  series,
  points: limits.flatMap(({ x, probe }) => {
    const limit = probe[quantity];
    return limit ? [{ x, y: limit.limit.value, se: limit.limit.se }] : [];
  }),
});
