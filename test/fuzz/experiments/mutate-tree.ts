// Mutations of the values of an experiment file.
import type { Choices } from '../random.js';
import { oddKey, oddValue } from './values.js';

type Container = Record<string, unknown> | unknown[];

interface Place {
  readonly parent: Container;
  readonly key: string;
}

const isContainer = (node: unknown): node is Container => typeof node === 'object' && node !== null;

function placesIn(node: unknown): Place[] {
  if (!isContainer(node)) return [];
  return Object.keys(node).flatMap((key) => [{ parent: node, key }, ...placesIn(get({ parent: node, key }))]);
}

const get = ({ parent, key }: Place): unknown => (Array.isArray(parent) ? parent[Number(key)] : parent[key]);

/** Also a key such as __proto__ becomes a plain key. */
function set({ parent, key }: Place, value: unknown): void {
  Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true });
}

function remove({ parent, key }: Place): void {
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else Reflect.deleteProperty(parent, key);
}

type Mutation = (place: Place, choices: Choices, others: readonly Place[]) => void;

const FACTORS = [-1, 0, 1e-12, 0.1, 0.999, 1.001, 10, 1e6, 1e15];
/** More would be ordinary work rather than an odd file. */
const MAX_REPEATS = 30;

const mutations: readonly Mutation[] = [
  (place, choices) => {
    set(place, oddValue(choices));
  },
  (place) => {
    remove(place);
  },
  (place, choices) => {
    const value = get(place);
    set(place, typeof value === 'number' ? value * choices.pick(FACTORS) : [value]);
  },
  (place, choices, others) => {
    set(place, structuredClone(get(choices.pick(others))));
  },
  ({ parent }, choices) => {
    if (Array.isArray(parent)) parent.push(oddValue(choices));
    else set({ parent, key: oddKey(choices) }, oddValue(choices));
  },
  (place, choices) => {
    const value = get(place);
    remove(place);
    set({ parent: place.parent, key: Array.isArray(place.parent) ? place.key : oddKey(choices) }, value);
  },
  ({ parent, key }, choices) => {
    const list = get({ parent, key });
    if (Array.isArray(list))
      set(
        { parent, key },
        Array<unknown[]>(1 + choices.whole(MAX_REPEATS))
          .fill(list)
          .flat(),
      );
    else set({ parent, key }, { [key]: list });
  },
];

/** Factors that leave a file possible more often than not. */
const GENTLE = [0, 0.1, 0.5, 0.999, 1.001, 2, 10];

function scaleNumber(tree: Container, choices: Choices): void {
  const places = placesIn(tree).filter((place) => typeof get(place) === 'number');
  if (places.length === 0) return;
  const place = choices.pick(places);
  set(place, Number(get(place)) * choices.pick(GENTLE));
}

/** Changes some values of the tree, in place. */
export function mutateTree(tree: Container, choices: Choices): void {
  if (choices.chance(0.4)) {
    scaleNumber(tree, choices);
    if (choices.chance(0.5)) scaleNumber(tree, choices);
    return;
  }
  for (let left = 1 + choices.whole(3); left > 0; left--) {
    const places = placesIn(tree);
    if (places.length === 0) return;
    choices.pick(mutations)(choices.pick(places), choices, places);
  }
}
