import type { ticksOf } from '#figure';
import type { ComponentChildren } from 'preact';
import type { Picture } from '../stimulus/picture.js';
import { StimulusMark } from '../stimulus/stimulus.js';
import { nameInterval } from './scales.js';

interface AxisPlacement {
  readonly toPixels: (value: number) => number;
  readonly ticks: ReturnType<typeof ticksOf>;
}

interface AxesProps {
  /** Edges of the plot, px. */
  readonly frame: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  /** `names` of the values 0, 1, …, instead of numbers, below their pictures. */
  readonly x: AxisPlacement & { readonly names: readonly string[]; readonly pictures: readonly Picture[] };
  readonly y: AxisPlacement;
  /** Side of a picture, size of the text, and distance of the labels from the x axis, px. */
  readonly picture: number;
  readonly text: number;
  readonly offset: number;
}

/** Smaller pictures cannot be recognised, px. */
const MIN_PICTURE = 7;

/** Grid lines with their labels, the x axis and its ticks or names. */
export function Axes({
  frame: { left, right, bottom },
  x,
  y,
  picture: room,
  text,
  offset,
}: AxesProps): ComponentChildren {
  const { toPixels: toX, names, pictures } = x;
  const distance = Math.abs(toX(1) - toX(0));
  const every = nameInterval(names, distance, text);
  const side = Math.min(room, 0.9 * distance);
  return (
    <>
      {y.ticks.labelled.map((tick) => (
        <g key={tick}>
          <line class="grid" x1={left} x2={right} y1={y.toPixels(tick)} y2={y.toPixels(tick)} />
          <text class="tick" x={left - 8} y={y.toPixels(tick) + 4} text-anchor="end">
            {y.ticks.format(tick)}
          </text>
        </g>
      ))}
      <line class="axis" x1={left} x2={right} y1={bottom} y2={bottom} />
      {side >= MIN_PICTURE &&
        pictures.map((picture, k) => (
          <StimulusMark
            key={names[k]}
            picture={picture}
            series={k}
            x={toX(k) - side / 2}
            y={bottom + 4 + (room - side) / 2}
            size={side}
          />
        ))}
      {names.length > 0
        ? names.map(
            (name, k) =>
              (k + 1) % every === 0 && (
                <text class="tick" key={name} x={toX(k)} y={bottom + offset} text-anchor="middle">
                  {name}
                </text>
              ),
          )
        : x.ticks.labelled.map((tick) => (
            <g key={tick}>
              <line class="axis" x1={toX(tick)} x2={toX(tick)} y1={bottom} y2={bottom + 4} />
              <text class="tick" x={toX(tick)} y={bottom + offset} text-anchor="middle">
                {x.ticks.format(tick)}
              </text>
            </g>
          ))}
    </>
  );
}
