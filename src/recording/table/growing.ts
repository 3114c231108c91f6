const FIRST_LENGTH = 1024;

/** Numbers that are added one after the other. */
export class GrowingArray<A extends Float64Array | Int32Array> {
  #values: A;
  #length = 0;

  constructor(private readonly make: (length: number) => A) {
    this.#values = make(FIRST_LENGTH);
  }

  add(value: number): void {
    if (this.#length === this.#values.length) {
      const longer = this.make(2 * this.#length);
      longer.set(this.#values);
      this.#values = longer;
    }
    this.#values[this.#length++] = value;
  }

  get values(): A {
    return this.#values.subarray(0, this.#length) as A;
  }
}
