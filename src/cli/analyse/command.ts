import { CancelledError, InvalidInputError } from '#core';
import { origin } from '#library';
import type { AnalysisOptions } from '#analyse';
import { lineWidth, note, type Io } from '../io.js';
import { consoleProgress } from '../progress.js';
import { onInterruption } from '../signals.js';
import { analyseInThread } from './in-thread.js';
import { assertReplaceable } from './directory.js';
import { readInput, type RecordingInput } from './input.js';
import { assertComparable, modelPrediction, readModel } from './model.js';
import { writeAnalysis } from './output.js';
import { analysisText } from './text.js';

interface AnalyseInput extends RecordingInput {
  readonly model?: string;
  readonly modelPoint?: number;
  readonly modelSteps?: number;
  readonly out?: string;
  readonly json?: boolean;
}

/** `meander analyse`: reads recordings, analyses them, and prints or writes what came out. */
export async function analyseCommand(input: AnalyseInput, io: Io): Promise<void> {
  const { missing, normalise, out, json, model: file, modelPoint: point, modelSteps: steps } = input;
  if (file === undefined && (steps ?? point) !== undefined) {
    const option = steps === undefined ? '--model-point' : '--model-steps';
    throw new InvalidInputError(`${option}: is of a model, and no --model is named`);
  }
  if (out === '') throw new InvalidInputError('--out: expected the name of a directory');
  if (out !== undefined) await assertReplaceable(out);
  await onInterruption(io, async (signal) => {
    const model = file === undefined ? null : await readModel({ file, point, steps }, io);
    const { recordings, inputs } = await readInput(input);
    if (model) assertComparable(model, recordings);
    if (json) for (const line of inputs) note(io, line);
    else io.stdout.write(`${inputs.join('\n')}\n`);
    assertContinues(signal);
    const options: AnalysisOptions = { normalise, zeroIsMissing: missing === 'zero' };
    const progress = consoleProgress(io, { isOfSteps: false });
    const measured = await analyseInThread(recordings, options, { progress, signal });
    const report = model ? { ...measured, model: await modelPrediction(model, measured) } : measured;
    if (out !== undefined) {
      const { meander: version, commit } = origin();
      const made = { version, commit, zeroIsMissing: options.zeroIsMissing };
      await writeAnalysis(out, { report, origin: made, inputs }, () => {
        assertContinues(signal);
      });
    }
    if (json) io.stdout.write(`${JSON.stringify(report)}\n`);
    else io.stdout.write(analysisText(report, lineWidth(io.stdout)));
    if (out !== undefined) note(io, `${out}/report.html has the figures, ${out}/methods.txt what to write about them`);
  });
}

function assertContinues(signal: AbortSignal): void {
  if (signal.aborted) throw new CancelledError();
}
