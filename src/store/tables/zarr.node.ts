import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Writer of a float64 array of Zarr v3, one chunk for each block along its first axis, uncompressed: a chunk is its
 * numbers, little-endian, row-major.
 */
export class ZarrArray {
  private constructor(
    private readonly path: string,
    private readonly shape: readonly number[],
    private readonly block: number,
  ) {}

  /** `block` is the size of a chunk along the first axis; `attributes` is stored with the array. */
  static async create(
    path: string,
    shape: readonly number[],
    block: number,
    dimensions: readonly string[],
    attributes: Record<string, unknown>,
  ): Promise<ZarrArray> {
    const metadata = {
      zarr_format: 3,
      node_type: 'array',
      shape,
      data_type: 'float64',
      chunk_grid: { name: 'regular', configuration: { chunk_shape: [block, ...shape.slice(1)] } },
      chunk_key_encoding: { name: 'default', configuration: { separator: '/' } },
      fill_value: 'NaN',
      codecs: [{ name: 'bytes', configuration: { endian: 'little' } }],
      dimension_names: dimensions,
      attributes,
    };
    await mkdir(path, { recursive: true });
    await writeFile(join(path, 'zarr.json'), JSON.stringify(metadata), { flush: true });
    return new ZarrArray(path, shape, block);
  }

  /** Writes the chunk of a block; missing rows at its end are filled with NaN. */
  async write(index: number, rows: readonly Float64Array[]): Promise<void> {
    const size = this.shape.slice(1).reduce((product, length) => product * length, 1);
    const chunk = new Float64Array(this.block * size).fill(NaN);
    rows.forEach((row, i) => {
      chunk.set(row, i * size);
    });
    const path = join(this.path, 'c', String(index), ...this.shape.slice(1).map(() => '0'));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, new Uint8Array(chunk.buffer), { flush: true });
  }
}

/** Creates a group of Zarr v3: a directory of arrays. */
export async function makeZarrGroup(path: string, attributes: Record<string, unknown>): Promise<void> {
  await mkdir(path, { recursive: true });
  await writeFile(join(path, 'zarr.json'), JSON.stringify({ zarr_format: 3, node_type: 'group', attributes }), {
    flush: true,
  });
}
