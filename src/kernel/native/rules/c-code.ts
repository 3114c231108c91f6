import type { Code, Instruction, Local, MemoryInstruction } from '../../compiled-rule/code.js';
import { importedName } from '../../compiled-rule/module.js';

/** A step that cannot be written in C, and why. */
export class NotInC extends Error {}

/** A value on the stack: an expression without effect that no later code changes, or a variable. */
interface Value {
  readonly text: string;
  readonly type: 'V' | 'int64_t' | 'double';
}

/** Instructions of two operands as C, %a being the lower one on the stack. */
const binary: Partial<Record<Instruction, { readonly type: Value['type']; readonly text: string }>> = {
  'i32.le_s': { type: 'int64_t', text: '%a <= %b' },
  'i32.add': { type: 'int64_t', text: '%a + %b' },
  'i32.sub': { type: 'int64_t', text: '%a - %b' },
  'i32.mul': { type: 'int64_t', text: '%a * %b' },
  'i64x2.shl': { type: 'V', text: 'shifted_left(%a, %b)' },
  'i64x2.add': { type: 'V', text: 'sum_of_integers(%a, %b)' },
  'f64x2.lt': { type: 'V', text: 'is_less(%a, %b)' },
  'f64x2.gt': { type: 'V', text: 'is_greater(%a, %b)' },
  'f64x2.le': { type: 'V', text: 'is_at_most(%a, %b)' },
  'f64x2.add': { type: 'V', text: '%a + %b' },
  'f64x2.sub': { type: 'V', text: '%a - %b' },
  'f64x2.mul': { type: 'V', text: '%a * %b' },
  'f64x2.div': { type: 'V', text: '%a / %b' },
  'f64x2.pmin': { type: 'V', text: 'smaller(%a, %b)' },
  'v128.and': { type: 'V', text: 'both(%a, %b)' },
  'v128.andnot': { type: 'V', text: 'without(%a, %b)' },
  'v128.or': { type: 'V', text: 'either(%a, %b)' },
  'v128.xor': { type: 'V', text: 'unlike(%a, %b)' },
};

/** Those of one operand. */
const unary: Partial<Record<Instruction, { readonly type: Value['type']; readonly text: string }>> = {
  'i32.eqz': { type: 'int64_t', text: '%a == 0' },
  'i64.extend_i32_s': { type: 'int64_t', text: '%a' },
  'i64x2.splat': { type: 'V', text: 'all_integers(%a)' },
  'f64x2.splat': { type: 'V', text: 'splat(%a)' },
  'f64x2.abs': { type: 'V', text: 'magnitude(%a)' },
  'v128.not': { type: 'V', text: 'negated(%a)' },
  'v128.any_true': { type: 'int64_t', text: 'any(%a)' },
};

/** The code of a function as C, on the operations of src/kernel/native/algebra.h. It returns 0, or what stopped it: 1 `singular`, 2 `unsolvable`. */
export class CCode implements Code {
  readonly zero: Local;
  #lines: string[] = [];
  #stack: Value[] = [];
  /** Types of the variables that follow the parameters. */
  readonly #locals: Value['type'][] = [];
  #temporaries = 0;
  #labels = 0;

  constructor(private readonly parameters: number) {
    this.zero = this.vector();
  }

  vector(): Local {
    return this.parameters + this.#locals.push('V') - 1;
  }
  integer(): Local {
    return this.parameters + this.#locals.push('int64_t') - 1;
  }
  get(local: Local): void {
    this.#stack.push(this.#variable(local));
  }
  set(local: Local): void {
    const { text } = this.#pop();
    const { text: name, type } = this.#variable(local);
    if (this.#stack.some((value) => value.text === name)) {
      const kept = this.#temporary(type, name);
      this.#stack = this.#stack.map((value) => (value.text === name ? kept : value));
    }
    this.#lines.push(`${name} = ${text};`);
  }
  tee(local: Local): void {
    this.set(local);
    this.get(local);
  }
  i32(value: number): void {
    this.#stack.push({ type: 'int64_t', text: value < 0 ? `(${value})` : `${value}` });
  }
  f64(value: number): void {
    if (!Number.isInteger(value)) throw new RangeError(`found ${value}, expected a whole number as a literal`);
    this.#stack.push({ type: 'double', text: `(double)${value}` });
  }
  do(...names: readonly Instruction[]): void {
    for (const name of names) {
      const two = binary[name];
      const made = two ?? unary[name];
      if (!made) throw new NotInC(name);
      const b = two ? this.#pop().text : '';
      const a = this.#pop().text;
      this.#stack.push(this.#temporary(made.type, made.text.replace('%a', a).replace('%b', b)));
    }
  }
  memory(name: MemoryInstruction, offset: number): void {
    const value = name === 'v128.store' ? this.#pop().text : '';
    const address = `${this.#pop().text} + ${offset}`;
    if (name === 'v128.store') this.#lines.push(`STORE(${address}, ${value});`);
    else this.#stack.push(this.#temporary('V', `${name === 'v128.load' ? 'LOAD' : 'SPLAT'}(${address})`));
  }
  call(imported: number): void {
    const given = (count: number): string =>
      Array.from({ length: count }, () => this.#pop().text)
        .reverse()
        .join(', ');
    switch (importedName(imported)) {
      case 'invertPair':
        this.#stack.push(this.#temporary('int64_t', `invert(m, ${given(3)})`));
        return;
      case 'unpackSymmetric':
        this.#lines.push(`unpack_symmetric(m, ${given(3)});`);
        return;
      case 'singular':
        this.#lines.push('return 1;');
        return;
      case 'unsolvable':
        this.#lines.push('return 2;');
        return;
      default:
        throw new NotInC('functions of numbers (map) are JavaScript');
    }
  }
  advance(local: Local, by: number): void {
    this.get(local);
    this.i32(by);
    this.do('i32.add');
    this.set(local);
  }
  repeat(count: number, body: () => void): void {
    const left = this.#variable(this.integer()).text;
    this.#lines.push(`for (${left} = 0; ${left} < ${count}; ${left}++) {`);
    body();
    this.#lines.push('}');
  }
  countDown(left: Local, body: () => void): void {
    this.#lines.push('do {');
    body();
    this.#lines.push(`} while (--${this.#variable(left).text});`);
  }
  ifZero(body: () => void): void {
    this.#lines.push(`if (${this.#pop().text} == 0) {`);
    body();
    this.#lines.push('}');
  }
  attempt(first: (giveUp: () => void) => void, second: () => void): void {
    const label = this.#labels++;
    this.#lines.push('{');
    first(() => {
      this.#lines.push(`if (${this.#pop().text}) goto other${label};`);
    });
    this.#lines.push(`goto end${label};`, '}', `other${label}: {`);
    second();
    this.#lines.push('}', `end${label}:;`);
  }
  captured(body: () => void): () => void {
    const before = { lines: this.#lines, stack: this.#stack };
    this.#lines = [];
    this.#stack = [];
    body();
    const own = { lines: this.#lines, stack: this.#stack };
    this.#lines = before.lines;
    this.#stack = before.stack;
    return () => {
      this.#lines.push(...own.lines);
      this.#stack.push(...own.stack);
    };
  }

  /** The function `run`. */
  finished(): string {
    const parameters = Array.from({ length: this.parameters }, (_, k) => `int64_t p${k}`);
    const locals = this.#locals.map((type, k) => `${type} ${this.#variable(this.parameters + k).text} = {0};`);
    const body = ['(void)p0, (void)p1, (void)p2;', ...locals, ...this.#lines, 'return 0;'];
    return `static int run(char *m, ${parameters.join(', ')}) {\n${body.join('\n')}\n}\n`;
  }

  #variable(local: Local): Value {
    if (local < this.parameters) return { text: `p${local}`, type: 'int64_t' };
    const type = this.#locals[local - this.parameters];
    return { text: `${type === 'V' ? 'v' : 'i'}${local}`, type };
  }

  #temporary(type: Value['type'], text: string): Value {
    const name = `t${this.#temporaries++}`;
    this.#lines.push(`const ${type} ${name} = ${text};`);
    return { text: name, type };
  }

  #pop(): Value {
    const value = this.#stack.pop();
    if (!value) throw new RangeError('nothing is on the stack');
    return value;
  }
}
