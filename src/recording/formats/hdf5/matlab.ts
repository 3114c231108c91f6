import type { Dataset, File, Group, Reference } from 'h5wasm';
import { columnMajor } from '../../arrays/numeric-array.js';
import type { Entry } from '../../container.js';
import { linesOfCharacters } from '../matlab/text.js';
import { entriesOf, type Fields, type Variable } from '../matlab/variable.js';
import type { Hdf5Library } from './library.js';
import { contentOf, explained, HDF5_CLASS, readNumbers } from './numbers.js';

const MAX_DEPTH = 50;
const CLASS = 'MATLAB_class';
const NUMBERS = /^(double|single|u?int(8|16|32|64)|logical)$/;

/**
 * The variables of a MAT file of version 7.3, which is an HDF5 file whose arrays have their axes in reverse. Null where it is
 * not one.
 */
export function matlabVariables(library: Hdf5Library, file: File): Entry[] | null {
  const names = file.keys().filter((name) => !name.startsWith('#'));
  const objects = names.map((name) => file.get(name));
  const isMatlab = objects.some(
    (object) => (object instanceof library.Dataset || object instanceof library.Group) && classOf(object) !== null,
  );
  if (!isMatlab) return null;
  const reader = new MatlabReader(library, file);
  return names.flatMap((name, k) => entriesOf(name, reader.variableOf(objects[k], name, 0)));
}

function classOf(object: Dataset | Group): string | null {
  const value = CLASS in object.attrs ? object.get_attribute(CLASS, false) : null;
  return typeof value === 'string' ? value : null;
}

const other = (what: string): Variable => ({ kind: 'other', what });

class MatlabReader {
  constructor(
    private readonly library: Hdf5Library,
    private readonly file: File,
  ) {}

  variableOf(object: ReturnType<Group['get']>, name: string, depth: number): Variable {
    if (depth > MAX_DEPTH) throw new Error(`is damaged: it nests variables deeper than ${MAX_DEPTH}`);
    if (object instanceof this.library.Group) return this.#structures(object, name, depth);
    return object instanceof this.library.Dataset ? this.#dataset(object, name, depth) : other('a link');
  }

  #dataset(dataset: Dataset, name: string, depth: number): Variable {
    const { attrs, metadata } = dataset;
    const matlabClass = classOf(dataset);
    if ('MATLAB_empty' in attrs) return emptyVariable(matlabClass, dataset, name);
    const shape = [...(metadata.shape ?? [])].reverse();
    if (matlabClass === 'char') {
      const codes = (): number[] => Array.from(readNumbers(dataset, name));
      return {
        kind: 'text',
        lines: linesOfCharacters(
          codes().map((code) => String.fromCharCode(code)),
          shape,
        ),
      };
    }
    if (metadata.type === HDF5_CLASS.reference)
      return { kind: 'cells', shape, items: this.#targets(dataset, name, depth) };
    const what = contentOf(metadata);
    if (what !== 'numbers') return other(what);
    if (matlabClass !== null && !NUMBERS.test(matlabClass))
      return other(`an object (${matlabClass}): save its numbers as an array`);
    return { kind: 'numbers', shape, read: () => columnMajor(shape, readNumbers(dataset, name)) };
  }

  /** What the references of a cell array, or of a field of an array of structures, lead to. */
  #targets(dataset: Dataset, name: string, depth: number): Variable[] {
    const value = explained(name, () => dataset.value);
    const references = (Array.isArray(value) ? value : [value]) as unknown as readonly Reference[];
    return references.map((reference, k) => {
      const part = `${name}{${k + 1}}`;
      const path = explained(part, () =>
        this.library.Module.get_referenced_name(this.file.file_id, reference.ref_data, true),
      );
      const target = path === '' ? null : this.file.get(path);
      if (target instanceof this.library.Dataset || target instanceof this.library.Group) {
        return this.variableOf(target, part, depth + 1);
      }
      return other('an empty reference');
    });
  }

  /** A structure is a group; of an array of structures every field is a dataset of references. */
  #structures(group: Group, name: string, depth: number): Variable {
    if ('MATLAB_sparse' in group.attrs) return other('a sparse matrix: save full(x) instead');
    const fields = new Map(
      group.keys().map((field) => [field, this.#fieldOf(group.get(field), `${name}.${field}`, depth + 1)]),
    );
    const [first] = fields.values();
    if (fields.size === 0 || !Array.from(fields.values()).every(({ isSpread }) => isSpread)) {
      const plain: Fields = new Map(Array.from(fields, ([field, { variable }]) => [field, variable]));
      return { kind: 'structures', shape: [1, 1], items: [plain] };
    }
    const shape = first.variable.kind === 'cells' ? first.variable.shape : [];
    const count = first.variable.kind === 'cells' ? first.variable.items.length : 0;
    const items = Array.from(
      { length: count },
      (_, k): Fields =>
        new Map(
          Array.from(fields, ([field, { variable }]) => [
            field,
            variable.kind === 'cells' ? variable.items[k] : variable,
          ]),
        ),
    );
    return { kind: 'structures', shape, items };
  }

  #fieldOf(object: ReturnType<Group['get']>, name: string, depth: number): { variable: Variable; isSpread: boolean } {
    const isSpread =
      object instanceof this.library.Dataset &&
      object.metadata.type === HDF5_CLASS.reference &&
      classOf(object) === null;
    return { variable: this.variableOf(object, name, depth), isSpread };
  }
}

/** An empty array, whose dataset holds its sizes. */
function emptyVariable(matlabClass: string | null, dataset: Dataset, name: string): Variable {
  if (matlabClass === 'char') return { kind: 'text', lines: [] };
  if (matlabClass === 'cell') return { kind: 'cells', shape: [0, 0], items: [] };
  if (matlabClass === 'struct') return { kind: 'structures', shape: [0, 0], items: [] };
  const shape = Array.from(readNumbers(dataset, name));
  return { kind: 'numbers', shape, read: () => columnMajor(shape, new Float64Array(0)) };
}
