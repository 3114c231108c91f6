import { InvalidInputError, type KeyPath } from '#core';
import { isMap, isNode, isPair, isScalar, LineCounter, parseDocument, type Document } from 'yaml';

/** An error whose message already begins with file:line:column. */
class LocatedInputError extends InvalidInputError {
  override readonly name = 'LocatedInputError';
}

/** An experiment file as text that remembers where each key stands. YAML; JSON is a subset of it. */
export class ExperimentDocument {
  readonly #document: Document;
  readonly #lines = new LineCounter();

  /** Throws InvalidInputError with file:line:column on a syntax error. */
  constructor(
    readonly name: string,
    text: string,
  ) {
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
    const [error] = [...this.#document.errors, ...this.#document.warnings];
    if ((error as Error | undefined) !== undefined) {
      throw new LocatedInputError(`${this.#at(error.pos[0])}: not valid YAML: ${error.message}`);
    }
  }

  toJS(): unknown {
    return this.#document.toJS() as unknown;
  }

  /** The same error with file:line:column and the key in front, found by its path. */
  locate(error: InvalidInputError): InvalidInputError {
    if (error instanceof LocatedInputError) return error;
    const key = error.path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('');
    const where = this.#at(this.#offset(error.path));
    return new LocatedInputError(`${where}: ${key === '' ? '' : `${key.replace(/^\./, '')}: `}${error.message}`);
  }

  /** The offset of the deepest key of the path that the file holds. */
  #offset(path: KeyPath): number {
    let node: unknown = this.#document.contents;
    let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
    for (const part of path) {
      if (isMap(node)) {
        const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === part);
        if (!pair) break;
        node = pair.value;
        // A missing value has no place of its own: the key's will do.
        offset = startOf(node) ?? startOf(pair.key) ?? offset;
      } else {
        const items = (node as { items?: unknown[] } | null)?.items;
        if (typeof part !== 'number' || items?.[part] === undefined) break;
        node = items[part];
        offset = startOf(node) ?? offset;
      }
    }
    return offset;
  }

  #at(offset: number): string {
    const { line, col } = this.#lines.linePos(offset);
    return `${this.name}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
  }
}

const startOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);
