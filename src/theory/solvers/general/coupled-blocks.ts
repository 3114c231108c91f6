/** Connected components of a symmetric coupling graph, given as the neighbours of each vertex; each a sorted list. */
export function coupledBlocks(neighbours: readonly Iterable<number>[]): Int32Array[] {
  const visited = new Uint8Array(neighbours.length);
  const blocks: Int32Array[] = [];
  for (let first = 0; first < neighbours.length; first++) {
    if (visited[first]) continue;
    visited[first] = 1;
    const block = [first];
    for (let next = 0; next < block.length; next++) {
      for (const other of neighbours[block[next]]) {
        if (visited[other]) continue;
        visited[other] = 1;
        block.push(other);
      }
    }
    blocks.push(Int32Array.from(block).sort());
  }
  return blocks;
}
