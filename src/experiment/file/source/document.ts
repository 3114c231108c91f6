import { InvalidInputError, type KeyPath } from '#core';
import { plainSource } from './plain-source.js';
import { KeyError, keyText, LocatedInputError, type ExperimentSource } from './source.js';
import { syntaxMessage } from './syntax-message.js';
import {
  Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Node,
  type YAMLMap,
} from 'yaml';

/**
 * An experiment file with the position of each key: YAML, of which JSON is a subset; or a plain object, in which a key is found
 * by its path alone.
 */
export class ExperimentDocument implements ExperimentSource {
  readonly #document: Document;
  readonly #lines = new LineCounter();
  /** null for an object. */
  readonly #given: string | null;
  /** What was set from outside, and how errors call it. */
  readonly #settings: { readonly name: string; readonly path: KeyPath }[] = [];
  #isChanged = false;

  /** Throws InvalidInputError with file:line:column on a syntax error, with the key for what no file could hold. */
  constructor(
    readonly name: string,
    content: string | object,
  ) {
    if (typeof content !== 'string') {
      this.#given = null;
      this.#document = new Document(plainSource(name, content).toJS(), { aliasDuplicateObjects: false });
      return;
    }
    const text = content;
    this.#given = text;
    try {
      // The parser compares every key of a map with every other: minutes for a hundred thousand keys.
      this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false, uniqueKeys: false });
    } catch (error) {
      throw this.#syntaxError(0, (error as Error).message);
    }
    for (const fault of [...this.#document.errors, ...this.#document.warnings]) {
      throw this.#syntaxError(fault.pos[0], syntaxMessage(fault, text));
    }
    // In the order of the text; the library's own look-up goes through the whole document for every alias.
    const anchors = new Set<string>();
    visit(this.#document, {
      Node: (_, node) => {
        if (isAlias(node)) {
          if (anchors.has(node.source)) return;
          throw this.#syntaxError(startOf(node) ?? 0, `*${node.source} has no anchor &${node.source} before it`);
        }
        if (isMap(node)) this.#assertUniqueKeys(node);
        if (node.anchor !== undefined) anchors.add(node.anchor);
      },
    });
  }

  /** The text as it was given, or with what was set: YAML with its comments, or JSON. */
  get text(): string {
    if (this.#given !== null && !this.#isChanged) return this.#given;
    return this.isJson ? `${JSON.stringify(this.toJS(), null, 2)}\n` : this.#document.toString();
  }

  /**
   * Sets a value; a list takes numbers that it has. Errors about the value then begin with `name` in place of
   * file:line:column. Throws InvalidInputError where the path leads through something that has no keys.
   */
  set(name: string, path: KeyPath, value: unknown): void {
    const keys: (string | number)[] = [];
    for (const part of path) {
      const node: unknown = keys.length === 0 ? this.#document.contents : this.#document.getIn(keys, true);
      const index = isSeq(node) ? Number(part) : NaN;
      if (isSeq(node) && !(Number.isInteger(index) && index >= 0 && index < node.items.length)) {
        throw new InvalidInputError(`${name}: ${keys.join('.')} has ${node.items.length} entries, counted from 0`);
      }
      if (isAlias(node) || (isScalar(node) && node.value !== null)) {
        throw new InvalidInputError(`${name}: ${keys.join('.') || 'the file'} holds no keys in ${this.name}`);
      }
      // An empty section, `simulation:` alone, becomes a map.
      if (isScalar(node)) this.#document.setIn(keys, this.#document.createNode({}));
      keys.push(isSeq(node) ? index : part);
    }
    this.#document.setIn(keys, this.#document.createNode(value));
    this.#settings.push({ name, path: keys });
    this.#isChanged = true;
  }

  /** Removes a key of a section, and the section with its last key, where the file has it. */
  remove([section, key]: readonly [section: string, key: string]): void {
    if (!this.#document.hasIn([section, key])) return;
    this.#document.deleteIn([section, key]);
    const rest: unknown = this.#document.get(section, true);
    if (isMap(rest) && rest.items.length === 0) this.#document.delete(section);
    this.#isChanged = true;
  }

  #assertUniqueKeys(map: YAMLMap): void {
    const seen = new Set<unknown>();
    for (const { key } of map.items) {
      // Of others only a text would be left, which Node warns of.
      if (!isScalar(key) || (typeof key.value === 'object' && key.value !== null)) {
        throw this.#located(
          startOf(key) ?? startOf(map) ?? 0,
          [],
          'found a list, map, alias or bytes as a key, expected text',
        );
      }
      if (seen.has(key.value)) throw this.#duplicateKey(startOf(key) ?? 0);
      seen.add(key.value);
    }
  }

  /** The plain values. Throws InvalidInputError when aliases multiply without bounds. */
  toJS(): unknown {
    try {
      return this.#document.toJS() as unknown;
    } catch (error) {
      throw this.#syntaxError(0, (error as Error).message);
    }
  }

  /** The same error with file:line:column and the key in front, found by its path. */
  locate(error: InvalidInputError): InvalidInputError {
    if (error instanceof LocatedInputError) return error;
    const { path } = error;
    // The last one counts: a key that was set may hold another that was set after it.
    const setting = [...this.#settings].reverse().find((own) => own.path.every((part, depth) => part === path[depth]));
    if (setting) {
      const inside = path.slice(setting.path.length);
      return new LocatedInputError(
        `${setting.name}: ${inside.length === 0 ? '' : `${keyText(inside)}: `}${error.message}`,
      );
    }
    return this.#located(this.#offset(error.path, error instanceof KeyError), error.path, error.message);
  }

  #located(offset: number, path: KeyPath, message: string): LocatedInputError {
    const { line, col } = this.#lines.linePos(offset);
    const where = this.#given === null ? this.name : `${this.name}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
    return LocatedInputError.at(where, path, message);
  }

  /** Whether the text is JSON. */
  get isJson(): boolean {
    return this.#given === null || /\.json$/i.test(this.name);
  }

  #syntaxError(offset: number, message: string): LocatedInputError {
    const language = this.isJson ? 'JSON' : 'YAML';
    return this.#located(offset, [], `not valid ${language}: ${message.replace(/\s+/g, ' ')}`);
  }

  #duplicateKey(offset: number): LocatedInputError {
    const found: (string | number)[] = [];
    visit(this.#document, {
      Pair: (_, pair, ancestors) => {
        if (startOf(pair.key) !== offset) return undefined;
        const nodes = [...ancestors, pair] as unknown[];
        nodes.forEach((node, depth) => {
          const parent = nodes[depth - 1];
          if (isSeq(parent)) found.push(parent.items.indexOf(node));
          else if (hasKey(node)) found.push(String(node.key));
        });
        return visit.BREAK;
      },
    });
    return this.#located(offset, found, 'appears twice, expected each key once');
  }

  /**
   * Where the deepest part of the path that the file holds begins. The line is always that of the key or list item: a value
   * that begins on a later line than its key gives way to the key.
   */
  #offset(path: KeyPath, ofKey: boolean): number {
    let node = this.#document.contents;
    let offset = startOf(node) ?? 0;
    for (const [depth, part] of path.entries()) {
      const found = child(node, part);
      if (!found) break;
      const [key, value] = [startOf(found.key), startOf(found.value)];
      const keyOnly = ofKey && depth === path.length - 1;
      const valueToo = key === undefined || this.#line(key) === this.#line(value ?? key);
      offset = (keyOnly || !valueToo ? key : (value ?? key)) ?? offset;
      node = isAlias(found.value) ? (found.value.resolve(this.#document) ?? null) : found.value;
    }
    return offset;
  }

  #line(offset: number): number {
    return this.#lines.linePos(offset).line;
  }
}

const startOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);

const hasKey = (node: unknown): node is { key: unknown } => typeof node === 'object' && node !== null && 'key' in node;

function child(node: Node | null, part: string | number): { key: unknown; value: Node | null } | undefined {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
    return pair && { key: pair.key, value: isNode(pair.value) ? pair.value : null };
  }
  const item: unknown = isSeq(node) && typeof part === 'number' ? node.items[part] : undefined;
  return isNode(item) ? { key: undefined, value: item } : undefined;
}
