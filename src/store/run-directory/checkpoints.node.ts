import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DamagedFileError, decodeContainer, encodeContainer } from '../container/container.node.js';
import { writeAtomicallySync } from '../files/atomic-write.node.js';
import { readPlainFile } from '#core/node';
import { namesIn, removeTempFilesIn } from '../files/directories.node.js';
import { writeError } from '../files/write-error.node.js';

/** The checkpoints of unfinished tasks: checkpoints/N.checkpoint, the state in which task N can be resumed. */
export class Checkpoints {
  readonly #root: string;

  /** `id` is that of the manifest. */
  constructor(
    directory: string,
    private readonly id: string,
  ) {
    this.#root = join(directory, 'checkpoints');
  }

  /** Throws InvalidInputError when it cannot be written. */
  write(task: number, state: unknown): void {
    const path = this.#path(task);
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeAtomicallySync(path, encodeContainer('checkpoint', { run: this.id, task, state }));
    } catch (error) {
      throw writeError(path, error);
    }
  }

  /**
   * The last state of a task; null if there is none that can be used. A checkpoint saves time, and is never necessary: what is
   * no file is removed, so that it is not in the way of the next one.
   */
  async read(task: number): Promise<unknown> {
    const path = this.#path(task);
    try {
      const content = decodeContainer(path, 'checkpoint', await readPlainFile(path)) as Record<string, unknown>;
      return content.run === this.id && content.task === task ? content.state : null;
    } catch (error) {
      if (!(error instanceof DamagedFileError)) await this.remove(task);
      return null;
    }
  }

  async remove(task: number): Promise<void> {
    await rm(this.#path(task), { recursive: true, force: true });
  }

  /** Tasks that have a checkpoint. */
  async tasks(): Promise<number[]> {
    const names = await namesIn(this.#root);
    return names.flatMap((name) => {
      const match = /^(\d+)\.checkpoint$/.exec(name);
      return match ? [Number(match[1])] : [];
    });
  }

  /** Removes what killed processes left behind, and the checkpoints of finished tasks. */
  async removeTempFiles(finished: Uint8Array): Promise<void> {
    await removeTempFilesIn(this.#root);
    for (const task of await this.tasks()) if (finished[task]) await this.remove(task);
  }

  #path(task: number): string {
    return join(this.#root, `${task}.checkpoint`);
  }
}
