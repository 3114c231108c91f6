import type { ComponentChildren } from 'preact';
import { modelKeys, simulationKeys } from '../lab/experiment-file.js';
import { numberKeys, type NumberKey } from '../lab/fields.js';
import type { Lab } from '../lab/lab.js';
import { applies, presets, targets, type Preset, type Target } from '../lab/presets.js';
import type { LabState } from '../lab/store.js';
import { isWide } from '../layout.js';
import { NumberField } from './number-field.js';

interface PanelProps {
  readonly lab: Lab;
  readonly state: LabState;
}

/** Numbers that a user experiment leaves to the page. */
const ofAnyExperiment: readonly NumberKey[] = [...modelKeys, ...simulationKeys];

/** What can be set: the input, the task, and every number with its range. */
export function ParameterPanel({ lab, state }: PanelProps): ComponentChildren {
  const { parameters, userExperiment } = state;
  const shown = numberKeys.filter((key) =>
    userExperiment ? ofAnyExperiment.includes(key) : applies(key, parameters.preset),
  );
  const files = (chosen: FileList | null): void => {
    if (chosen && chosen.length > 0) void lab.loadFiles(Array.from(chosen));
  };
  return (
    <details class="panel" open={isWide}>
      <summary>
        <h2>Parameters</h2>
      </summary>
      <div class="field plain">
        <label for="preset">Input</label>
        <select
          id="preset"
          value={userExperiment ? 'own' : parameters.preset}
          onChange={(event) => {
            lab.choosePreset(event.currentTarget.value as Preset);
          }}
        >
          {Object.entries(presets).map(([key, name]) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
          {userExperiment && <option value="own">Own file</option>}
        </select>
      </div>
      {!userExperiment && (
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
      {shown.map((key) => (
        <NumberField
          // A field that is begun belongs to its input.
          key={`${userExperiment ? 'own' : parameters.preset} ${key}`}
          name={key}
          value={parameters[key]}
          change={(value) => {
            lab.change({ [key]: value });
          }}
        />
      ))}
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
          of η, γ, σ², B, f or α: the networks go on, and burn in anew. Otherwise, and after any other change, they
          begin anew, with numbers that the command line repeats.
        </span>
      </label>
      <div class="field plain">
        <label for="own-file">Own file</label>
        <input
          id="own-file"
          type="file"
          multiple
          accept=".yaml,.yml,.json,.npy,.csv"
          aria-describedby="own-file-hint"
          onChange={(event) => {
            files(event.currentTarget.files);
            event.currentTarget.value = '';
          }}
        />
        <span class="range" id="own-file-hint">
          experiment file or table (.yaml, .json, .npy, .csv), or drop it anywhere
        </span>
      </div>
    </details>
  );
}
