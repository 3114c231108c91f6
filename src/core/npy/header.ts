/** What the header of a .npy file says of its array. */
export interface NpyHeader {
  /** NumPy's name of the type, e.g. `<f8`. */
  readonly descr: string;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
}

/** The keys of the header: each exactly once, no other. */
const KEYS = ['descr', 'fortran_order', 'shape'];

/** One entry of the dictionary: a text, a truth value, or a tuple of whole numbers. */
const ENTRY =
  /\s*(['"])(\w+)\1\s*:\s*(?:(['"])([^'"\\]*)\3|(True|False)|\(\s*((?:\d+L?\s*,\s*)*(?:\d+L?\s*)?)\))\s*(,|(?=\}))/y;

/**
 * Reads the dictionary of a .npy header strictly: exactly the three keys, in any order, each of its own type. Throws
 * Error with what was found.
 */
export function parseNpyHeader(text: string): NpyHeader {
  if (/(['"])descr\1\s*:\s*\[/.test(text)) {
    throw new Error('it holds records of several fields, expected integer or floating-point numbers');
  }
  const open = /^\s*\{/.exec(text);
  if (!open) throw new Error(`its header is not a dictionary: ${excerpt(text)}`);
  const found = new Map<string, string | boolean | number[]>();
  ENTRY.lastIndex = open[0].length;
  let end = ENTRY.lastIndex;
  for (let match = ENTRY.exec(text); match; match = ENTRY.exec(text)) {
    const [, , key, , word, truth, sizes] = match as (string | undefined)[];
    if (key === undefined || !KEYS.includes(key)) throw new Error(`its header has the unknown key '${key}'`);
    if (found.has(key)) throw new Error(`its header has the key '${key}' twice`);
    found.set(key, word ?? (truth === undefined ? tuple(sizes ?? '') : truth === 'True'));
    end = ENTRY.lastIndex;
  }
  if (!/^\s*\}\s*$/.test(text.slice(end))) throw new Error(`its header cannot be read at ${excerpt(text.slice(end))}`);
  const [descr, fortranOrder, shape] = KEYS.map((key) => {
    if (!found.has(key)) throw new Error(`its header lacks the key '${key}'`);
    return found.get(key);
  });
  if (typeof descr !== 'string') throw new Error("its header's descr is not the name of a type");
  if (typeof fortranOrder !== 'boolean') throw new Error("its header's fortran_order is neither True nor False");
  if (!Array.isArray(shape)) throw new Error("its header's shape is not a tuple of whole numbers");
  return { descr, fortranOrder, shape };
}

/** `5,` is a tuple of one; `5` alone is a number, which NumPy does not accept as a shape either. */
function tuple(sizes: string): number[] {
  const items = sizes.split(',').map((size) => size.trim());
  if (items.length === 1 && items[0] !== '') throw new Error(`its header's shape (${items[0]}) is not a tuple`);
  return items.filter((size) => size !== '').map((size) => Number(size.replace(/L$/, '')));
}

const excerpt = (text: string): string => JSON.stringify(text.trim().slice(0, 40));
