import type { AnalysisReport, Measured, RecordingReport } from '#analyse';
import { formatCounted, formatNumber } from '#core';
import { formatInterval, formatMeasured, scaled } from './measured.js';

/** A rate of turning, beside what a model predicts and their ratio where there is one. */
export interface TurningRow {
  readonly plane: string;
  readonly rate: Measured;
  readonly predicted: number | null;
  readonly ratio: Measured | null;
}

/** The mean over planes and every plane of an animal; nothing without a frame. */
export function turningRows({ name, turning }: RecordingReport, model: AnalysisReport['model']): readonly TurningRow[] {
  const { planes, rate } = turning;
  if (planes.length === 0) return [];
  const prediction = model?.turning.find(({ animal }) => animal === name);
  const row = (plane: string, measured: Measured, predicted: number | null): TurningRow => ({
    plane,
    rate: measured,
    predicted,
    ratio: predicted !== null && predicted > 0 ? scaled(measured, 1 / predicted) : null,
  });
  return [
    row(`mean of ${formatCounted(planes.length, 'plane')}`, rate, prediction?.rate ?? null),
    ...planes.map(({ dimensions, isDistinct, rate: own }, p) =>
      row(`${dimensions.join(' and ')}${isDistinct ? '' : ' (of a span)'}`, own, prediction?.planes[p].rate ?? null),
    ),
  ];
}

/** Where the drift of the axes leads, in a sentence; nothing where it is not known. */
export function withinSpanText({ turning }: RecordingReport, style: 'plain' | 'typeset' = 'plain'): string[] {
  const { withinSpan, withinSpanIfIsotropic } = turning;
  if (withinSpan.value === null || withinSpanIfIsotropic === null) return [];
  return [
    `Of the drift of these axes ${formatMeasured(withinSpan, style)} (95% interval ${formatInterval(withinSpan, style)}) stays within their span, ` +
      `${formatNumber(withinSpanIfIsotropic, 3, style)} if all directions were alike.`,
  ];
}

/** For a methods paragraph: what turned, and why where nothing can be said. */
export function turningText({ animals, model }: AnalysisReport): string[] {
  return animals.map((animal) => {
    const { name, turning, timeUnit } = animal;
    const own = animals.length > 1 ? `${name}: ` : '';
    if (turning.planes.length === 0)
      return `${own}Turning of the code within the stimulus dimensions was not measured. ${turning.statement}`;
    const [{ ratio, predicted }] = turningRows(animal, model);
    return [
      `${own}${turning.statement} The frame of population axes along these dimensions turned at ${formatMeasured(turning.rate, 'typeset')} rad² per ${timeUnit} in a plane ` +
        `(95% interval ${formatInterval(turning.rate, 'typeset')}, mean over ${formatCounted(turning.planes.length, 'plane', 'planes', 'typeset')}), trial noise removed by products of disjoint halves of the trials and fluctuation between sessions by the law of increments; ` +
        'intervals take increments to be normal and independent.',
      ...(ratio && predicted !== null
        ? [
            `The model predicts ${formatNumber(predicted, 3, 'typeset')}: measured over predicted ${formatMeasured(ratio, 'typeset')}.`,
          ]
        : []),
      ...withinSpanText(animal, 'typeset'),
    ].join(' ');
  });
}
