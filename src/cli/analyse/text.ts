import type {
  AnalysisReport,
  Control,
  FrequencyTrend,
  Measured,
  Motion,
  RecordingReport,
  StimulusMotion,
  Warning,
} from '#analyse';
import { formatCounted, formatNumber, MISSING } from '#core';
import {
  formatInterval,
  formatMeasured,
  modelNote,
  modelRows,
  MAX_SHOWN,
  motionQuantities,
  turningRows,
  verdictOf,
  withinSpanText,
} from '#report';
import Table from 'cli-table3';
import { terminalTable } from '../tables/terminal.js';

/** Stimuli of which each has its rows; more are in the files. */
const MAX_STIMULI = 20;

/** An analysis for a terminal of a width: each animal, up to 12, and where there are several all together. */
export function analysisText(report: AnalysisReport, width: number): string {
  const { animals, controls, warnings, frequency } = report;
  const blocks = [
    ...(animals.length > MAX_SHOWN ? [] : animals.map((animal) => animalText(animal, report.model, width))),
    ...(animals.length > 1 ? [togetherText(report, width)] : []),
    ...(frequency === null ? [] : [frequencyText(frequency)]),
    ...modelText(report, width),
    controlTable(controls, width),
    ...warnings.map(warningLine),
    verdictLine(controls),
  ];
  return `${blocks.join('\n')}\n`;
}

function modelText(report: AnalysisReport, width: number): string[] {
  const { model } = report;
  const rows = modelRows(report);
  if (!model || !rows) return [];
  const { timeUnit } = report.animals[0];
  const heads = ['F/|h|^2', 'predicted', `D/|h|^2 (rad² per ${timeUnit})`, 'predicted'];
  const table = terminalTable(['stimulus', ...heads], { width });
  rows.diffusion.slice(0, MAX_STIMULI).forEach((rate, k) => {
    const { measured, predicted } = rows.fluctuation[k];
    table.push([
      rate.name,
      formatMeasured(measured),
      plain(predicted),
      formatMeasured(rate.measured),
      plain(rate.predicted),
    ]);
  });
  return [`\n${modelNote(model.file)}\n${table.toString()}`];
}

const frequencyText = ({ exponent, chiSquare, stimuli, statement }: FrequencyTrend): string =>
  exponent.value === null
    ? `\n${statement}`
    : `\nD/|h|^2 against presentations f, as f^s: s = ${formatMeasured(exponent)}, 95% interval ${formatInterval(exponent)}; ` +
      `chi^2 ${formatNumber(chiSquare ?? NaN, 3)}, expected ${stimuli - 2}\n${statement}`;

const warningLine = ({ name, message }: Warning): string => `warning: ${name}: ${message}`;

function animalText(animal: RecordingReport, model: AnalysisReport['model'], width: number): string {
  const { name, timeUnit, stimuli, agreement } = animal;
  const { diffusion, fluctuation, decay } = agreement;
  return [
    `\n${name}: means over ${formatCounted(stimuli.length, 'stimulus', 'stimuli')}; ± one standard error, from the jackknife over neurons: of this animal`,
    motionTable(animal, timeUnit, width),
    `D from increments ${formatMeasured(diffusion.first)}, from displacement against gap ${formatMeasured(diffusion.second)}${agreeing(diffusion.agrees)}`,
    `F from increments ${formatMeasured(fluctuation.first)}, from displacement against gap ${formatMeasured(fluctuation.second)}${agreeing(fluctuation.agrees)}`,
    `self-correlation at long gaps: predicted ${formatMeasured(decay.first)}, measured ${formatMeasured(decay.second)}${agreeing(decay.agrees)}`,
    gapTable(animal, width),
    stimulusTable(stimuli, timeUnit, width),
    ...familiarTable(animal, width),
    ...turningLines(animal, model, width),
  ].join('\n');
}

function togetherText(report: AnalysisReport, width: number): string {
  const { animals, stimuli } = report;
  const { timeUnit } = animals[0];
  return [
    `\nall ${animals.length} animals together: ± one standard error, from the scatter of the animals`,
    motionTable(report, timeUnit, width),
    stimulusTable(stimuli, timeUnit, width),
    ...(animals.length > MAX_SHOWN ? ['… each of them: in --json, and the tables of --out DIR'] : []),
  ].join('\n');
}

const agreeing = (agrees: boolean | null): string =>
  agrees === null ? '' : agrees ? ': they agree' : ': they DISAGREE';

function motionTable(
  { population, similarityShare }: { readonly population: Motion; readonly similarityShare: Measured },
  time: string,
  width: number,
): string {
  const table = terminalTable(['', 'value', '95% interval', 'unit'], { width });
  for (const { plainSymbol, of, unit } of motionQuantities) {
    const measured = of(population);
    table.push([plainSymbol, formatMeasured(measured), formatInterval(measured), unit(time)]);
  }
  table.push([
    'share of drift that keeps similarity',
    formatMeasured(similarityShare),
    formatInterval(similarityShare),
    '0 to 1',
  ]);
  return table.toString();
}

/** Each quantity above its 95% interval. */
function stimulusTable(stimuli: readonly StimulusMotion[], time: string, width: number): string {
  const heads = motionQuantities.map(({ plainSymbol, unit }) => `${plainSymbol} (${unit(time)})`);
  const table = terminalTable(['stimulus', ...heads], { width });
  for (const stimulus of stimuli.slice(0, MAX_STIMULI)) {
    const cells = motionQuantities.map(({ of }) => {
      const measured = of(stimulus);
      return measured.interval95 === null
        ? formatMeasured(measured)
        : `${formatMeasured(measured)}\n${formatInterval(measured)}`;
    });
    table.push([stimulus.label, ...cells]);
  }
  const more = stimuli.length - MAX_STIMULI;
  return `${table.toString()}${more > 0 ? `\n… and ${more} more stimuli: in --json and --out DIR` : ''}`;
}

const plain = (value: number | null): string => (value === null ? MISSING : formatNumber(value, 3));

function gapTable({ gaps, timeUnit, withinSession }: RecordingReport, width: number): string {
  const heads = [
    'pairs',
    'as measured',
    'without trial noise',
    'fit',
    'self-correlation',
    'predicted',
    'similarity',
    'if alone',
  ];
  const table = terminalTable([`gap (${timeUnit})`, ...heads], { width });
  if (withinSession.value !== null)
    table.push(['in a session', '', '', formatMeasured(withinSession), '', '', '', '', '']);
  for (const point of gaps) {
    table.push([
      formatNumber(point.gap),
      String(point.pairs),
      formatMeasured(point.rawDisplacement),
      formatMeasured(point.displacement),
      plain(point.fittedDisplacement),
      formatMeasured(point.selfCorrelation),
      plain(point.predictedSelfCorrelation),
      formatMeasured(point.similarity),
      plain(point.independentSimilarity),
    ]);
  }
  return `squared displacement over |h|^2, and what becomes of the codes:\n${table.toString()}`;
}

/** The measures in common use at the shortest and the longest gap, each beside its ceiling. */
function familiarTable({ familiar, timeUnit }: RecordingReport, width: number): string[] {
  const rows = familiar.flatMap(({ label, points }) => {
    const known = points.filter(({ value }) => value !== null);
    const ends = known.length > 1 ? [known[0], known[known.length - 1]] : known;
    return ends.map(({ gap, value, se, ceiling }, k) => [
      k === 0 ? label : '',
      formatNumber(gap),
      formatMeasured({ value, se, interval95: null }),
      plain(ceiling),
    ]);
  });
  if (rows.length === 0) return [];
  const table = terminalTable(['in common use, of half of the trials', `gap (${timeUnit})`, 'value', 'ceiling'], {
    width,
  });
  for (const row of rows) table.push(row);
  return [table.toString()];
}

/** Planes of which each has its row, besides their mean; more are in the files. */
const MAX_PLANES = 10;

/** How the frame turns, beside a model where one is named. */
function turningLines(animal: RecordingReport, model: AnalysisReport['model'], width: number): string[] {
  const { turning, name, timeUnit } = animal;
  const rows = turningRows(animal, model);
  if (rows.length === 0) return [`turning: ${turning.statement}`];
  const prediction = model?.turning.find((own) => own.animal === name);
  const compared = prediction ? ['predicted', 'measured / predicted'] : [];
  const table = terminalTable(['plane', `turning (rad² per ${timeUnit})`, '95% interval', ...compared], { width });
  for (const { plane, rate, predicted, ratio } of rows.slice(0, MAX_PLANES + 1)) {
    const beside = prediction ? [plain(predicted), ratio ? formatMeasured(ratio) : MISSING] : [];
    table.push([plane, formatMeasured(rate), formatInterval(rate), ...beside]);
  }
  const more = rows.length - 1 - MAX_PLANES;
  return [
    `turning: ${turning.statement}`,
    `${table.toString()}${more > 0 ? `\n… and ${more} more planes: in --json and --out DIR` : ''}`,
    ...withinSpanText(animal),
    ...(prediction?.statement ? [`not compared with the model: ${prediction.statement}`] : []),
  ];
}

/** Most characters of a line of a statement. */
const STATEMENT_WIDTH = 100;
const [NAME_WIDTH, VERDICT_WIDTH, FRAME_WIDTH] = [24, 10, 4];
const words = { passed: 'passed', failed: 'FAILED', none: MISSING };

function controlTable(controls: readonly Control[], width: number): string {
  const left = Math.max(30, Math.min(STATEMENT_WIDTH, width - NAME_WIDTH - VERDICT_WIDTH - FRAME_WIDTH));
  const table = new Table({
    head: ['control', 'verdict', 'what came out'],
    style: { head: [], border: [], compact: true },
    colWidths: [NAME_WIDTH, VERDICT_WIDTH, left],
    wordWrap: true,
  });
  for (const control of controls) {
    const verdict = verdictOf(control);
    table.push([control.name, words[verdict], control.statement]);
  }
  return `\n${table.toString()}`;
}

function verdictLine(controls: readonly Control[]): string {
  const failed = controls.filter(({ passed }) => passed === false).map(({ name }) => name);
  return failed.length === 0 ? 'no control failed' : `controls that failed: ${failed.join(', ')}`;
}
