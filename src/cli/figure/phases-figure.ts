import { InvalidInputError } from '#core';
import { phasesTable } from '#experiment';
import { drawFigure, MAX_SERIES } from '#figure';
import { figureDocument } from '#figure/node';
import { readReport } from '#library';
import type { Row, RunDirectory } from '#store';
import { captionStart } from './caption.js';
import { drawingOptions } from './input.js';
import { probesIn, type FigureChoice } from './view.js';

/** What `--quantity` calls it. */
export const THROUGH_PHASES = 'selfCorrelation';

/**
 * The figure of self-correlations since the first sample, through all phases of an experiment. Throws InvalidInputError for a run without
 * phases, without a report, and for rows of several points of a sweep.
 */
export async function figureOfPhases(
  run: RunDirectory,
  rows: readonly Row[],
  swept: readonly string[],
  { probe, where = [], partial = null, ...look }: FigureChoice,
): Promise<{ readonly name: string; readonly title: string; readonly svg: string }> {
  const { points } = await readReport(run.path);
  const chosen = new Set(rows.map(({ point }) => Number(point)));
  const phases = points.filter(({ phase }, index) => phase !== undefined && chosen.has(index));
  if (phases.length === 0) {
    throw new InvalidInputError(
      `--quantity ${THROUGH_PHASES}: is drawn through phases, which this experiment does not have`,
    );
  }
  if (new Set(phases.map(({ phase }) => phase?.index)).size < phases.length) {
    throw new InvalidInputError(
      `--quantity ${THROUGH_PHASES}: is drawn of one point of a sweep; choose one by --where`,
    );
  }
  const shown = (probe ?? probesIn(rows)).slice(0, MAX_SERIES);
  const title = `${run.manifest.name}: self-correlation through the phases`;
  const names = phases.map(({ phase }) => `${phase?.name ?? ''} from step ${phase?.start ?? 0}`).join(', ');
  const caption = captionStart({ run, row: rows[0], swept, partial }, [names], ['phase', 'learningRate']);
  const options = { ...drawingOptions(look), title, ...(look.noCaption ? {} : { caption }) };
  const table = phasesTable(
    phases,
    shown.map((number) => number - 1),
  );
  const parts = [THROUGH_PHASES, ...(probe === undefined ? [] : [`probe-${probe.join('-')}`]), ...where];
  return {
    name: parts.join('-').replaceAll(/[^\w.-]+/g, '-'),
    title,
    svg: drawFigure(table, figureDocument(), options),
  };
}
