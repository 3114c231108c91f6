import type { Manifest } from '#store';

/** What a manifest keeps of how its run was asked for. */
type RunRequest = Pick<Manifest, 'configuration' | 'quick' | 'data' | 'report' | 'allUnits'>;

/** Keys that a message names before the rest are counted. */
const MAX_NAMED = 3;
const MAX_TEXT = 40;

/** In what a run that is kept differs from one that is asked for, such as `model.learningRate is 0.01 there and 0.02 here`. */
export function differenceText(kept: RunRequest, asked: RunRequest): string {
  const [there, here] = [leavesOf(kept), leavesOf(asked)];
  const keys = [...new Set([...there.keys(), ...here.keys()])].filter((key) => there.get(key) !== here.get(key));
  // What fixes numbers beside these is code.
  if (keys.length === 0) return 'made by other code of its rule file, or by other options';
  const named = keys
    .slice(0, MAX_NAMED)
    .map((key) => `${key} is ${there.get(key) ?? 'not given'} there and ${here.get(key) ?? 'not given'} here`);
  const rest = keys.length - named.length;
  return `${named.join(', ')}${rest > 0 ? ` and ${rest} more differ` : ''}`;
}

/** The values of a run request by their paths, as text. */
function leavesOf({ configuration, quick, data, report, allUnits }: RunRequest): Map<string, string> {
  const leaves = new Map<string, string>();
  const visit = (path: string, value: unknown): void => {
    if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
      for (const [key, part] of Object.entries(value)) {
        visit(Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`, part);
      }
      return;
    }
    // JSON, in which a manifest is kept, has no such values.
    if (value === undefined) return;
    const text = JSON.stringify(value);
    leaves.set(path, text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}...` : text);
  };
  visit('', configuration);
  data.forEach(({ name, sha256 }) => leaves.set(`the SHA-256 of ${name}`, sha256.slice(0, 16)));
  visit('--quick', quick);
  visit('--all-units', allUnits);
  visit('the order of the report', report);
  return leaves;
}
