import type { FileContents, FoundArray } from '#recording';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Declared } from './messages.js';
import { TextField } from './text-field.js';

interface FormProps {
  readonly contents: readonly FileContents[];
  /** What was declared before a reload; null for nothing. */
  readonly declared: Declared | null;
  /** Whether there is an analysis, which then follows changes of gain and of what is missing. */
  readonly hasReport: boolean;
  readonly analyse: (declared: Declared) => void;
}

const AXES_HINT =
  'A name for each, in this order: session (or day, checkpoint), trial, stimulus, neuron (or cell, unit), and - for an axis of size 1. ' +
  'Without session each file is one session; without trial the responses are declared free of trial noise.';

/** Arrays listed of a file. */
const MAX_LISTED = 24;

/** Asks for what the files do not say. */
export function DeclarationForm({ contents, declared, hasReport, analyse }: FormProps): ComponentChildren {
  const [texts, setTexts] = useState(() => {
    const { key = '', axes = '', times = '', timeUnit = '', labels = '' } = declared ?? {};
    return { key, axes, times, timeUnit, labels };
  });
  const [frequencies, setFrequencies] = useState(declared?.frequencies);
  const [chosen, setChosen] = useState<Pick<Declared, 'normalise' | 'zeroIsMissing'>>({
    normalise: declared?.normalise ?? 'none',
    zeroIsMissing: declared?.zeroIsMissing ?? false,
  });
  const arrays = contents.flatMap((file) => file.arrays ?? []);
  const isTable = arrays.length === 0;
  const isAmbiguous = contents.some((file) => (file.arrays?.length ?? 0) > 1);
  const known = isAmbiguous ? arrays.find(({ name }) => name === texts.key.trim()) : arrays.at(0);
  const run = (choice: typeof chosen): void => {
    const given = Object.entries(texts).flatMap(([name, text]) => (text.trim() === '' ? [] : [[name, text.trim()]]));
    analyse({ ...(Object.fromEntries(given) as Partial<typeof texts>), ...choice, frequencies });
  };
  const change = (part: Partial<typeof chosen>): void => {
    const next = { ...chosen, ...part };
    setChosen(next);
    if (hasReport) run(next);
  };
  const field = (name: keyof typeof texts): { value: string; change: (value: string) => void } => ({
    value: texts[name],
    change: (value) => {
      setTexts({ ...texts, [name]: value });
    },
  });
  return (
    <form
      class="declaration"
      onSubmit={(event) => {
        event.preventDefault();
        run(chosen);
      }}
    >
      <ul class="range" aria-label="What the files hold">
        {contents.map((file) => (
          <li key={file.name}>
            {file.name}: {contentsText(file)}
          </li>
        ))}
      </ul>
      {isAmbiguous && (
        <TextField
          id="recording-key"
          label="Array"
          hint="The one that holds the responses; with * for any part of a name, all that match are the sessions."
          suggestions={arrays.map(({ name }) => name)}
          {...field('key')}
        />
      )}
      {!isTable && <TextField id="recording-axes" label={axesLabel(known)} hint={axesHint(known)} {...field('axes')} />}
      <TextField
        id="recording-times"
        label="Times of the sessions"
        hint="Such as 0, 2, 4, 7, or the name of an array of the file; empty for those of the file, or one apart."
        {...field('times')}
      />
      <TextField id="recording-unit" label="Unit of the times" hint="Such as day." {...field('timeUnit')} />
      <TextField
        id="recording-labels"
        label="Names of the stimuli"
        hint="Separated by commas, or the name of an array of the file; may be empty."
        {...field('labels')}
      />
      <div class="field plain">
        <label for="recording-frequencies">Presentations of the stimuli</label>
        <input
          id="recording-frequencies"
          type="file"
          accept=".csv,.txt"
          aria-describedby="recording-frequencies-hint"
          onChange={(event) => {
            setFrequencies(event.currentTarget.files?.[0]);
          }}
        />
        <span class="range" id="recording-frequencies-hint">
          A table with the columns stimulus and count; may be left out.{frequencies && ` Now: ${frequencies.name}.`}
        </span>
      </div>
      <div class="field plain">
        <label for="recording-normalise">Normalise</label>
        <select
          id="recording-normalise"
          value={chosen.normalise}
          onChange={(event) => {
            change({ normalise: event.currentTarget.value as Declared['normalise'] });
          }}
        >
          <option value="none">nothing</option>
          <option value="gain">the gain of each session</option>
          <option value="neuron">each neuron</option>
        </select>
      </div>
      <div class="field plain">
        <label for="recording-missing">Missing values</label>
        <select
          id="recording-missing"
          value={chosen.zeroIsMissing ? 'zero' : 'nan'}
          onChange={(event) => {
            change({ zeroIsMissing: event.currentTarget.value === 'zero' });
          }}
        >
          <option value="nan">NaN; zeros count as activity</option>
          <option value="zero">zero and NaN</option>
        </select>
      </div>
      <button type="submit" class="main-button">
        Analyse
      </button>
    </form>
  );
}

const axesLabel = (array: FoundArray | undefined): string => (array ? `Axes of ${array.shape}` : 'Axes');

const axesHint = (array: FoundArray | undefined): string =>
  array?.axes ? `${AXES_HINT} The file calls them ${array.axes.join(', ')}.` : AXES_HINT;

function contentsText({ arrays }: FileContents): string {
  if (!arrays) return 'a long table, whose columns say what is what';
  if (arrays.length === 0) return 'no array of numbers';
  const listed = arrays
    .slice(0, MAX_LISTED)
    .map(({ name, shape }) => (arrays.length > 1 ? `${name} (${shape})` : shape));
  return listed.join(', ') + (arrays.length > MAX_LISTED ? `, and ${arrays.length - MAX_LISTED} more` : '');
}
