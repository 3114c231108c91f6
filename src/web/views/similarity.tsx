import type { ComponentChildren } from 'preact';
import type { Sight } from '../session/session.js';
import { format } from '../format.js';
import { CorrelationChart, type CourseProps } from './courses.js';
import { View } from './view.js';

interface SimilarityProps extends CourseProps {
  readonly sight: Sight | null;
}

const SIZE = 150;

/** View e. */
export function SimilarityView({ sight, ...course }: SimilarityProps): ComponentChildren {
  const { similarity, probes } = course.point;
  const most = Math.max(...similarity.flat().map(Math.abs)) || 1;
  const matrices: [string, readonly (readonly number[])[] | null][] = [
    ['theory', similarity],
    ['at start', gram(sight?.first, probes.length)],
    ['now', gram(sight?.trail.at(-1), probes.length)],
  ];
  return (
    <View
      id="similarity"
      title="Similarity stays, single representations turn"
      sentence="The inner products between stimuli keep their values in one network, while every stimulus loses its correlation with itself."
      docs="effective-process"
      wide
    >
      <div class="pair">
        <div>
          <div class="matrices">
            {matrices.map(([name, matrix]) => (
              <Heat key={name} name={name} matrix={matrix} most={most} count={probes.length} />
            ))}
          </div>
          <p class="key">
            h·h of any two stimuli (activation²): blue above zero, orange and with a minus below; full colour is{' '}
            {format(most)}.
          </p>
        </div>
        <CorrelationChart {...course} />
      </div>
    </View>
  );
}

interface HeatProps {
  readonly name: string;
  readonly matrix: readonly (readonly number[])[] | null;
  readonly most: number;
  readonly count: number;
}

/** Most stimuli whose numbers fit into the squares, or along the sides. */
const MOST_NUMBERS = 5;
const MOST_NAMES = 10;
const MARGIN = 14;

/**
 * A similarity matrix as squares: blue above zero, orange and with a minus below, their strength the size of the number, which
 * stands in them where there is room.
 */
function Heat({ name, matrix, most, count }: HeatProps): ComponentChildren {
  const side = SIZE / count;
  // Two where they fit and tell something.
  const decimals = count < 4 && most < 2 ? 2 : 1;
  const names = count <= MOST_NAMES ? Array.from({ length: count }, (_, k) => k) : [];
  return (
    <figure>
      <svg
        viewBox={`${-MARGIN} ${-MARGIN} ${SIZE + MARGIN} ${SIZE + MARGIN}`}
        role="img"
        aria-label={`Similarity matrix of the stimuli, ${name}`}
      >
        {names.map((k) => (
          <g key={k} class="heat-name" text-anchor="middle" font-size={10}>
            <text x={(k + 0.5) * side} y={-4}>
              {k + 1}
            </text>
            <text x={-8} y={(k + 0.5) * side + 3.5}>
              {k + 1}
            </text>
          </g>
        ))}
        <rect class="heat-frame" width={SIZE} height={SIZE} />
        {matrix?.map((row, i) =>
          row.map((value, j) => {
            const strength = Math.min(1, Math.abs(value) / most);
            return (
              <g key={i * count + j}>
                <rect
                  class={value < 0 ? 'heat-below' : 'heat-above'}
                  x={j * side}
                  y={i * side}
                  width={side}
                  height={side}
                  opacity={strength.toFixed(3)}
                />
                <text
                  class={strength > STRONG ? 'heat-text strong' : 'heat-text'}
                  x={(j + 0.5) * side}
                  y={(i + 0.5) * side + 3.5}
                  text-anchor="middle"
                  font-size={Math.min(13, (1.5 * side) / (decimals + 3))}
                >
                  {count <= MOST_NUMBERS ? numberOf(value, decimals) : value < 0 && strength > WEAK ? '−' : ''}
                </text>
              </g>
            );
          }),
        )}
      </svg>
      <figcaption>{name}</figcaption>
    </figure>
  );
}

/** From here on text is drawn in the colour of the ground. */
const STRONG = 0.6;
/** Weaker squares need no sign. */
const WEAK = 0.05;

function numberOf(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? '0' : text.replace('-', '−');
}

/** h_i.h_j of the representations of `count` stimuli, one after the other. */
function gram(hidden: Float64Array | null | undefined, count: number): number[][] | null {
  if (!hidden) return null;
  const units = hidden.length / count;
  const each = Array.from({ length: count }, (_, k) => hidden.subarray(k * units, (k + 1) * units));
  return each.map((left) => each.map((right) => left.reduce((sum, value, u) => sum + value * right[u], 0)));
}
