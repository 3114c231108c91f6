import type { ComponentChildren } from 'preact';
import { modelParameters, simulationParameters } from '#experiment';
import { numberKeys, type NumberKey } from '../lab/fields.js';
import type { Lab } from '../lab/lab.js';
import { applies, isSupervised, presets, targets, type Preset, type Target } from '../lab/presets.js';
import type { LabState } from '../lab/state.js';
import { isWide } from '../layout.js';
import { NumberField } from './number-field.js';

interface PanelProps {
  readonly lab: Lab;
  readonly state: LabState;
}

/** Numbers that the page can set in the experiment of a user's file. */
const ofAnyExperiment: readonly NumberKey[] = [...modelParameters, ...simulationParameters];

/** Numbers of the task, and those that change no expectation; all others are of the learning. */
const ofTask: readonly NumberKey[] = ['n', 'f', 'exponent', 'outputs'];
const ofComputation: readonly NumberKey[] = ['replicas', 'seed'];

const presetKeys = Object.keys(presets) as Preset[];
const otherRules: readonly Preset[] = ['oja', 'similarity-matching', 'deep-linear'];

/** The input, the task, and every number with its range. */
export function ParameterPanel({ lab, state }: PanelProps): ComponentChildren {
  const { parameters, userExperiment } = state;
  const shown = numberKeys.filter((key) =>
    userExperiment ? ofAnyExperiment.includes(key) : applies(key, parameters.preset),
  );
  const files = (chosen: FileList | null): void => {
    if (chosen && chosen.length > 0) void lab.loadFiles(Array.from(chosen));
  };
  const numbers = (keys: readonly NumberKey[]): ComponentChildren =>
    shown
      .filter((key) => keys.includes(key))
      .map((key) => (
        <NumberField
          // A half-typed number belongs to its input: another input has a new field.
          key={`${userExperiment ? 'user-file' : parameters.preset} ${key}`}
          name={key}
          value={parameters[key]}
          change={(value) => {
            lab.change({ [key]: value });
          }}
        />
      ));
  return (
    <>
      <details class="panel" open={isWide}>
        <summary>
          <h2>Task</h2>
        </summary>
        <div class="field plain">
          <label for="preset">Input</label>
          <select
            id="preset"
            value={userExperiment ? 'user-file' : parameters.preset}
            onChange={(event) => {
              lab.choosePreset(event.currentTarget.value as Preset);
            }}
          >
            {[
              ['Gradient descent, two layers', presetKeys.filter((key) => !otherRules.includes(key))] as const,
              ['Other learning rules', otherRules] as const,
            ].map(([label, keys]) => (
              <optgroup key={label} label={label}>
                {keys.map((key) => (
                  <option key={key} value={key}>
                    {presets[key]}
                  </option>
                ))}
              </optgroup>
            ))}
            {userExperiment && <option value="user-file">Your file</option>}
          </select>
        </div>
        {!userExperiment && isSupervised(parameters.preset) && (
          <div class="field plain">
            <label for="target">Task</label>
            <select
              id="target"
              value={parameters.target}
              onChange={(event) => {
                lab.change({ target: event.currentTarget.value as Target });
              }}
            >
              {Object.entries(targets).map(([key, name]) => (
                <option key={key} value={key}>
                  {name}
                </option>
              ))}
            </select>
          </div>
        )}
        {numbers(ofTask)}
        <div class="field plain">
          <label for="user-file">Your file</label>
          <input
            id="user-file"
            type="file"
            multiple
            accept=".yaml,.yml,.json,.npy,.csv"
            aria-describedby="user-file-hint"
            onChange={(event) => {
              files(event.currentTarget.files);
              event.currentTarget.value = '';
            }}
          />
          <span class="range" id="user-file-hint">
            An experiment file or a table (.yaml, .json, .npy, .csv), which you can also drop anywhere on the page.
          </span>
        </div>
      </details>
      <details class="panel" open={isWide}>
        <summary>
          <h2>Learning</h2>
        </summary>
        {numbers(numberKeys.filter((key) => !ofTask.includes(key) && !ofComputation.includes(key)))}
      </details>
      <details class="panel">
        <summary>
          <h2>Computation</h2>
        </summary>
        {numbers(ofComputation)}
        <label class="choice">
          <input
            type="checkbox"
            checked={state.keepWeights}
            onChange={(event) => {
              lab.keepWeights = event.currentTarget.checked;
            }}
          />{' '}
          Keep the weights after a change
          <span class="range">
            After a change of η, γ, σ², B, f or α the networks continue from their weights, with a new burn-in.
            Otherwise, and after any other change, they start again, and the command line reproduces their numbers.
          </span>
        </label>
      </details>
    </>
  );
}
