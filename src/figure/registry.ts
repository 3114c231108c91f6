import type { FigureDocument, FigureOptions } from './drawing/options.js';
import type { Figure } from './figure.js';
import { claimsMap } from './figures/claims-map/claims-map.js';
import { comparison } from './figures/comparison.js';
import { probes } from './figures/probes.js';
import { codes } from './figures/recording/codes.js';
import { displacement } from './figures/recording/displacement.js';
import { increments } from './figures/recording/increments.js';
import { sessions } from './figures/recording/sessions.js';
import { stimuli } from './figures/recording/stimuli.js';
import { similarity } from './figures/similarity.js';
import { sweepCurves } from './figures/sweep/sweep-curves.js';
import { sweepMaps } from './figures/sweep/sweep-maps.js';
import { trajectories } from './figures/trajectories/trajectories.js';

/**
 * Every figure. A new figure is a file in figures/ and a line here: `meander show --figure` and the reports of
 * `reproduce` draw a table by the figures of this list that apply to it. The first one that applies is the main figure
 * of a table.
 */
export const figures = [
  comparison,
  similarity,
  trajectories,
  claimsMap,
  sweepCurves,
  sweepMaps,
  probes,
  displacement,
  codes,
  stimuli,
  sessions,
  increments,
] as const;

type TableOf<F> = F extends Figure<infer Table> ? Table : never;

/** Everything that a figure can be drawn from. */
export type FigureTable = TableOf<(typeof figures)[number]>;

/** The figures that can show a table, the main one first. */
export const figuresFor = (table: FigureTable): readonly Figure[] => figures.filter(({ applies }) => applies(table));

/** The main figure of a table as SVG. Throws TypeError if no figure applies, or for numbers that cannot be drawn. */
export function drawFigure(table: FigureTable, document: FigureDocument, options: FigureOptions): string {
  const [figure] = figuresFor(table);
  if (!(figure as Figure | undefined)) throw new TypeError(`no figure applies to this table of kind ${table.kind}`);
  return figure.draw(table, document, options);
}
