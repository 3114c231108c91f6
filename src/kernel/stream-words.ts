/** The four words of a stream in the kernel's memory, one every `step` bytes, low halves first. */
export class StreamWords {
  constructor(
    private readonly memory: Int32Array,
    private readonly address: number,
    private readonly step: number,
  ) {}

  /** As `Generator.state` has them: four words, high halves first. */
  read(): Int32Array {
    const state = new Int32Array(8);
    for (let word = 0; word < 4; word++) {
      const at = (this.address + word * this.step) / 4;
      state[2 * word] = this.memory[at + 1];
      state[2 * word + 1] = this.memory[at];
    }
    return state;
  }

  write(state: Int32Array): void {
    for (let word = 0; word < 4; word++) {
      const at = (this.address + word * this.step) / 4;
      this.memory[at] = state[2 * word + 1];
      this.memory[at + 1] = state[2 * word];
    }
  }
}
