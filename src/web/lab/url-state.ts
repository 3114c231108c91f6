import { InvalidInputError } from '#core';
import { defaultCamera, type Camera } from '../stage/picture/camera.js';
import { paces, type Pace } from '../stage/pace.js';
import { fields, isNumberKey, numberKeys, readNumber, type NumberKey } from './fields.js';
import { applies, presetDefaults, presets, targets, type Parameters } from './presets.js';

/** What the page shows beside the stage. */
export const tabs = { measured: 'Measured and predicted', runs: 'Runs', recordings: 'Recordings' } as const;
export type Tab = keyof typeof tabs;

/** How the experiment is looked at: no number depends on it. */
export interface View {
  readonly pace: Pace;
  /** The stimulus whose time courses are shown, from 0. */
  readonly selectedProbe: number;
  readonly camera: Camera;
  readonly tab: Tab;
  /** Step of the tour, from 0; null without it. */
  readonly tourStep: number | null;
}

export const defaultView: View = {
  pace: 'auto',
  selectedProbe: 0,
  camera: defaultCamera,
  tab: 'measured',
  tourStep: null,
};

/** The state as the part of a link after #. Only what differs from the defaults of the preset is written. */
export function toHash(parameters: Parameters, view: View = defaultView): string {
  const { preset, target } = parameters;
  const used = numberKeys.filter((key) => applies(key, preset) && parameters[key] !== presetDefaults[preset][key]);
  const entries: [string, string][] = [['preset', preset]];
  if (target !== 'identity') entries.push(['target', target]);
  for (const key of used) entries.push([key, `${parameters[key]}`]);
  return new URLSearchParams([...entries, ...viewEntries(view)]).toString();
}

/** The entries of a link about the view alone. */
export function viewEntries({ pace, selectedProbe, camera, tab, tourStep }: View): [string, string][] {
  const entries: [string, string][] = [];
  if (pace !== defaultView.pace) entries.push(['pace', `${pace}`]);
  if (selectedProbe !== defaultView.selectedProbe) entries.push(['follow', `${selectedProbe + 1}`]);
  if (camera !== defaultCamera) {
    const { azimuth, elevation, zoom } = camera;
    entries.push(['camera', [azimuth, elevation, zoom].map((value) => value.toFixed(2)).join(' ')]);
  }
  if (tab !== defaultView.tab) entries.push(['tab', tab]);
  if (tourStep !== null) entries.push(['tour', `${tourStep + 1}`]);
  return entries;
}

/** What a link says, as far as it can be followed. */
interface Followed {
  readonly parameters: Parameters;
  readonly view: View;
  /** What of it cannot be followed, and what is shown instead. */
  readonly notes: readonly string[];
}

/** The state of a link. What it asks for beyond the ranges is brought within them, with a note; so is what the page does not know. */
export function fromHash(hash: string): Followed {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const notes: string[] = [];
  const preset = oneOf(presets, 'preset', given.get('preset') ?? 'turning', 'turning', notes);
  const target = oneOf(targets, 'target', given.get('target') ?? 'identity', 'identity', notes);
  const numbers: Partial<Record<NumberKey, number>> = {};
  for (const [key, text] of given) {
    if (isNumberKey(key)) {
      const value = nearestNumber(key, text, notes);
      if (value !== null) numbers[key] = value;
    } else if (!['preset', 'target', 'pace', 'follow', 'camera', 'tab', 'tour'].includes(key)) {
      notes.push(`The link has ${key.slice(0, 30)}, which this page does not know.`);
    }
  }
  const parameters = { ...presetDefaults[preset], target, ...numbers };
  return { parameters, view: viewOf(given, notes), notes };
}

/** The view of a link. */
function viewOf(given: URLSearchParams, notes: string[]): View {
  const follow = wholeNumber('follow', given.get('follow') ?? '1', notes);
  const tour = given.get('tour');
  return {
    pace: paceOf(given.get('pace'), notes),
    selectedProbe: follow - 1,
    camera: cameraOf(given.get('camera'), notes),
    tab: oneOf(tabs, 'tab', given.get('tab') ?? defaultView.tab, defaultView.tab, notes),
    tourStep: tour === null ? null : wholeNumber('tour', tour, notes) - 1,
  };
}

function paceOf(text: string | null, notes: string[]): Pace {
  if (text === null) return defaultView.pace;
  if (text === 'network' || text === 'auto') return text;
  const value = Number(text);
  // Until this version it was a number of samples.
  if (value >= paces[0] && value <= paces[paces.length - 1]) return value;
  notes.push(`The link has pace ${text.slice(0, 30)}, expected a number from 1e3 to 1e10, network, or auto.`);
  return defaultView.pace;
}

function cameraOf(text: string | null, notes: string[]): Camera {
  if (text === null) return defaultCamera;
  const [azimuth, elevation, zoom] = text.split(' ').map(Number);
  if ([azimuth, elevation].every(Number.isFinite) && Math.abs(elevation) < Math.PI / 2 && zoom >= 0.5 && zoom <= 4) {
    return { azimuth, elevation, zoom };
  }
  notes.push('The link has a camera that looks from nowhere; the codes are shown from the usual side.');
  return defaultCamera;
}

function wholeNumber(what: string, text: string, notes: string[]): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  notes.push(`The link has ${what} ${text.slice(0, 30)}, expected a number from 1.`);
  return 1;
}

/** A number within its range; null where it is no number. */
function nearestNumber(key: NumberKey, text: string, notes: string[]): number | null {
  try {
    return readNumber(key, text);
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    const { min, max, integer } = fields[key];
    const value = text.trim() === '' ? NaN : Number(text);
    if (Number.isNaN(value)) {
      notes.push(`${error.message}; the default is shown.`);
      return null;
    }
    const within = Math.min(max, Math.max(min, integer ? Math.round(value) : value));
    notes.push(`${error.message}; ${within} is shown.`);
    return within;
  }
}

function oneOf<Key extends string>(
  values: Readonly<Record<Key, string>>,
  what: string,
  found: string,
  otherwise: NoInfer<Key>,
  notes: string[],
): Key {
  if (isKey(values, found)) return found;
  notes.push(`The link has ${what} ${found.slice(0, 30)}, expected ${Object.keys(values).join(', ')}.`);
  return otherwise;
}

const isKey = <Key extends string>(values: Readonly<Record<Key, string>>, key: string): key is Key =>
  Object.hasOwn(values, key);
