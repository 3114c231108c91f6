import * as Plot from '@observablehq/plot';
import { axisMarks } from '../../drawing/axis-marks.js';
import { domainOf } from '../../drawing/axis.js';
import { legend } from '../../drawing/legend.js';
import { lettered } from '../../drawing/letters.js';
import { fontSize, type FigureDocument, type FigureOptions } from '../../drawing/options.js';
import { seriesStyle } from '../../drawing/palette.js';
import { plotGroup } from '../../drawing/plot-group.js';
import { innerWidth, sheet, type Block } from '../../drawing/sheet.js';
import { lineHeight, shortened, textLines, textWidth, wrap } from '../../drawing/text.js';
import { axisTicks, TICK_LENGTH } from '../../drawing/ticks.js';
import { dotOptions, referenceOptions } from '../../panel/series-style.js';
import { errorEntry, referenceEntry } from './legend.js';
import { quantitiesOf, type StimulusQuantity } from './quantities.js';
import type { StimuliTable, StimulusRow } from './table.js';
import { dotsOf } from './values.js';

/** Number of stimuli up to which each row has the name of its stimulus; the most height of a row of more, and of all of them, px. */
const MAX_NAMED = 40;
const DENSE_ROW = 7;
const MAX_HEIGHT = 800;
/** Most of the width that names take. */
const NAME_SHARE = 0.3;
const SPACE = 24;
/** Width from which on both quantities stand side by side, px. */
const MIN_PAIR = 560;

const style = seriesStyle(0);
const meanOptions = { stroke: seriesStyle(1).colour, strokeWidth: 1.4, strokeDasharray: '6 3' } as const;

/** A row for each stimulus, the fastest on top: D and D/|h|² with their errors, and the mean over stimuli. */
export function drawSorted(table: StimuliTable, document: FigureDocument, options: FigureOptions): string {
  const size = fontSize(options);
  const width = innerWidth(options);
  const quantities = quantitiesOf(table);
  const [first] = quantities;
  const rate = (row: StimulusRow): number => first.of(row).value ?? -Infinity;
  const rows = [...table.stimuli].sort((a, b) => rate(b) - rate(a));
  const isNamed = rows.length <= MAX_NAMED;
  const names = rows.map(({ label }) => (isNamed ? shortened(label, size, NAME_SHARE * width) : ''));
  const left = Math.max(...names.map((name) => textWidth(name, size))) + 8;
  const columns = width >= MIN_PAIR ? quantities.length : 1;
  const frameWidth = (width - left - columns * SPACE) / columns;
  const rowHeight = isNamed ? lineHeight(size) + 2 : Math.min(DENSE_ROW, MAX_HEIGHT / rows.length);
  const layout: Layout = { left, frameWidth, rowHeight, size };
  const panels = quantities.map((quantity, k) =>
    panelOf(rows, names, quantity, table, lettered('', k, options), layout, document),
  );
  const blocks = Array.from({ length: Math.ceil(panels.length / columns) }, (_, row): Block => {
    const own = panels.slice(row * columns, (row + 1) * columns);
    const parts = own.map(
      ({ svg, names: written }, column) =>
        `<g class="panel" transform="translate(${column * (frameWidth + SPACE)},0)">${svg}${column === 0 ? written : ''}</g>`,
    );
    return { height: own[0].height, svg: parts.join('') };
  });
  const entries = [
    errorEntry,
    {
      text: 'mean over stimuli',
      marks: [
        Plot.line(
          [
            [0, 8],
            [28, 8],
          ],
          meanOptions,
        ),
      ],
    },
    referenceEntry('no drift'),
  ];
  return sheet([legend(entries, width, size, document), ...blocks], options);
}

interface Layout {
  readonly left: number;
  readonly frameWidth: number;
  readonly rowHeight: number;
  readonly size: number;
}

function panelOf(
  rows: readonly StimulusRow[],
  names: readonly string[],
  { label, of }: StimulusQuantity,
  { population }: StimuliTable,
  letter: string | undefined,
  { left, frameWidth, rowHeight, size }: Layout,
  document: FigureDocument,
): Block & { readonly names: string } {
  const points = dotsOf(rows.map((row, x) => ({ x, of: of(row) })));
  const mean = of(population).value;
  const [low, high] = domainOf('linear', [
    0,
    ...(mean === null ? [] : [mean]),
    ...points.flatMap(({ y, se }) => [y - se, y + se]),
  ]);
  const lines = wrap(letter ? `${letter}${label}` : label, size, frameWidth);
  const top = 4;
  const frameHeight = rows.length * rowHeight;
  const bottom = TICK_LENGTH + 5 + lineHeight(size) + 2 + lines.length * lineHeight(size);
  const ticks = axisTicks({ label, scale: 'linear' }, [low, high], frameWidth, size, 'x');
  const marks = plotGroup(document, 0, 0, {
    width: left + frameWidth + SPACE,
    height: top + frameHeight + bottom,
    marginLeft: left,
    marginRight: SPACE,
    marginTop: top,
    marginBottom: bottom,
    x: { type: 'linear', domain: [low, high] },
    y: { type: 'linear', domain: [rows.length - 0.5, -0.5] },
    marks: [
      Plot.frame({ strokeWidth: 0.8 }),
      ...axisMarks(Plot.axisX, ticks, size),
      Plot.axisY([], { label: null }),
      Plot.ruleX([0], referenceOptions),
      ...(mean === null ? [] : [Plot.ruleX([mean], meanOptions)]),
      Plot.ruleY(
        points.filter(({ se }) => se > 0),
        {
          y: 'x',
          x1: ({ y, se }: { y: number; se: number }) => y - se,
          x2: ({ y, se }: { y: number; se: number }) => y + se,
          stroke: style.colour,
          strokeWidth: 1.4,
        },
      ),
      Plot.dot(points, { ...dotOptions(style), x: 'y', y: 'x', ...(rowHeight > DENSE_ROW ? {} : { r: 2.5 }) }),
    ],
  });
  const axisTitle = textLines(
    lines,
    left + frameWidth / 2,
    top + frameHeight + TICK_LENGTH + 5 + lineHeight(size) + 2,
    {
      size,
      anchor: 'middle',
    },
  );
  const written = names.map((name, k) =>
    name === '' ? '' : textLines([name], left - 8, top + (k + 0.5) * rowHeight - 0.62 * size, { size, anchor: 'end' }),
  );
  return {
    height: top + frameHeight + bottom,
    svg: marks + axisTitle,
    names: `<g fill="black">${written.join('')}</g>`,
  };
}
