import { CancelledError } from '#core';
import { loadRuleOfSha256, runArrayTask, type Warning } from '#execute';
import { origin } from '#library';
import { assertSameOrigin, RunDirectory } from '#store';
import { note, type Io } from '../io.js';
import { noteKernel } from '../native/note.js';

interface WorkInput {
  readonly dir: string;
  readonly submission: number;
  readonly arrayTask: number;
  readonly rule?: string;
}

/** Runs one array task of a submission: the command that the job script calls. */
export async function workCommand({ dir, submission, arrayTask, rule }: WorkInput, io: Io): Promise<void> {
  noteKernel(io);
  const controller = new AbortController();
  const warned = (warning: Warning) => (): void => {
    controller.abort(warning);
  };
  io.signals.on('SIGUSR2', warned('time'));
  io.signals.on('SIGTERM', warned('end'));
  io.signals.on('SIGINT', warned('end'));
  const outcome = await RunDirectory.use(dir, async (run) => {
    assertSameOrigin(dir, run.manifest, origin());
    if (rule !== undefined) await loadRuleOfSha256(run, rule);
    return runArrayTask(run, submission, arrayTask, controller.signal, io.env);
  });
  note(io, `array task ${arrayTask} of submission ${submission}: ${outcome}`);
  if (outcome === 'stopped') throw new CancelledError('stopped; the state of its tasks is kept');
}
