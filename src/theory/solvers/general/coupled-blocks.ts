/** Connected components of a symmetric coupling graph, given as the neighbours of each vertex; each a sorted list. */
export function coupledBlocks(neighbours: readonly Iterable<number>[]): Int32Array[] {
  const seen = new Uint8Array(neighbours.length);
  const blocks: Int32Array[] = [];
  for (let first = 0; first < neighbours.length; first++) {
    if (seen[first]) continue;
    seen[first] = 1;
    const block = [first];
    for (let next = 0; next < block.length; next++) {
      for (const other of neighbours[block[next]]) {
        if (seen[other]) continue;
        seen[other] = 1;
        block.push(other);
      }
    }
    blocks.push(Int32Array.from(block).sort());
  }
  return blocks;
}
