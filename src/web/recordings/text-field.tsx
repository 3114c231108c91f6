import type { ComponentChildren } from 'preact';

interface TextFieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly change: (value: string) => void;
  readonly suggestions?: readonly string[];
}

/** A line of text with its label and a hint. */
export function TextField({ id, label, hint, value, change, suggestions }: TextFieldProps): ComponentChildren {
  return (
    <div class="field plain">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        autocomplete="off"
        spellcheck={false}
        value={value}
        list={suggestions && `${id}-list`}
        aria-describedby={`${id}-hint`}
        onInput={(event) => {
          change(event.currentTarget.value);
        }}
      />
      {suggestions && (
        <datalist id={`${id}-list`}>
          {suggestions.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      )}
      <span class="range" id={`${id}-hint`}>
        {hint}
      </span>
    </div>
  );
}
