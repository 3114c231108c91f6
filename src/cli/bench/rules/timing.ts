/** Seconds of one turn. */
export const TURN = 0.05;

/** Seconds of processor time. */
export function seconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Times that the work is repeated in about the time of one turn; what it takes to get fast is over then. */
export function repetitions(work: (count: number) => void): number {
  for (let count = 1; ; count *= 2) {
    const taken = seconds(() => {
      work(count);
    });
    if (taken > TURN / 2) return Math.ceil((count * TURN) / taken);
  }
}

export const medianOf = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
