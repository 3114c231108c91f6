import { lineHeight } from '#figure';
import type { ComponentChildren } from 'preact';
import type { Picture } from '../stimulus/picture.js';
import { StimulusMark } from '../stimulus/stimulus.js';
import type { ChartLayout } from './layout.js';
import { nameInterval } from './scales.js';

interface AxesProps {
  readonly layout: ChartLayout;
  /** Names of the values 0, 1, … of the x axis, instead of numbers. */
  readonly names: readonly string[];
  /** Between the axis and the names. */
  readonly pictures: readonly Picture[] | null;
  /** Height for them, px. */
  readonly room: number;
}

/** Smaller pictures cannot be recognised, px. */
const MIN_PICTURE = 9;

/** Grid lines with their labels, the x axis and its ticks or names, and what the axes are. */
export function Axes({ layout, names, pictures, room }: AxesProps): ComponentChildren {
  const { frame, toX, toY, xTicks, yTicks, xLabel, yLabel, text } = layout;
  const { left, right, top, bottom } = frame;
  const line = lineHeight(text);
  const distance = Math.abs(toX(1) - toX(0));
  const every = nameInterval(names, distance, text);
  const side = Math.min(room, 0.9 * distance);
  const shown = side >= MIN_PICTURE ? pictures : null;
  const labelled =
    names.length > 0
      ? names.flatMap((name, k) => ((k + 1) % every === 0 ? [[k, name] as const] : []))
      : xTicks.labelled.map((tick) => [tick, xTicks.format(tick)] as const);
  const baseline = bottom + 5 + line + room;
  return (
    <>
      {yTicks.labelled.map((tick) => (
        <g key={tick}>
          <line class="grid" x1={left} x2={right} y1={toY(tick)} y2={toY(tick)} />
          <text class="tick" x={left - 8} y={toY(tick) + 0.35 * text} text-anchor="end">
            {yTicks.format(tick)}
          </text>
        </g>
      ))}
      <line class="axis" x1={left} x2={right} y1={bottom} y2={bottom} />
      {shown?.map((picture, k) => (
        <StimulusMark
          key={k}
          picture={picture}
          series={k}
          x={toX(k) - side / 2}
          y={bottom + 4 + (room - side) / 2}
          size={side}
        />
      ))}
      {names.length === 0 && <path class="axis" d={labelled.map(([value]) => `M${toX(value)},${bottom}v4`).join('')} />}
      {labelled.map(([value, name]) => (
        <text key={value} class="tick" x={toX(value)} y={baseline} text-anchor="middle">
          {name}
        </text>
      ))}
      {xLabel.map((part, k) => (
        <text key={k} class="label" x={left + (right - left) / 2} y={baseline + (k + 1) * line} text-anchor="middle">
          {part}
        </text>
      ))}
      {yLabel.map((part, k) => (
        <text key={k} class="label" x={0} y={top - 8 - text * 0.3 - (yLabel.length - 1 - k) * line}>
          {part}
        </text>
      ))}
    </>
  );
}
