import type { ComponentChildren } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { InvalidInputError } from '#core';
import { fields, readNumber, type NumberKey } from '../lab/fields.js';
import { nearestStop, sliderStops } from '../lab/slider.js';

interface NumberFieldProps {
  readonly name: NumberKey;
  readonly value: number;
  readonly change: (value: number) => void;
}

/** A number as a slider and a text field, with its unit and its range, or the error in what was typed. */
export function NumberField({ name, value, change }: NumberFieldProps): ComponentChildren {
  const id = useId();
  const { label, symbol, unit, min, max, hint } = fields[name];
  const stops = sliderStops(name);
  const [text, setText] = useState(`${value}`);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    setText(`${value}`);
    setError(null);
  }, [value]);
  const parse = (given: string): void => {
    setText(given);
    try {
      const number = readNumber(name, given);
      setError(null);
      if (number !== value) change(number);
    } catch (problem) {
      if (!(problem instanceof InvalidInputError)) throw problem;
      setError(problem.message);
    }
  };
  return (
    <div class="field">
      <label for={id} title={hint}>
        {label} {symbol && <i>{symbol}</i>}
        {unit && <span class="unit"> ({unit})</span>}
      </label>
      <input
        type="range"
        tabIndex={0}
        min={0}
        max={stops.length - 1}
        value={nearestStop(stops, value)}
        aria-label={`${label}, slider`}
        aria-valuetext={`${value} ${unit}`}
        onInput={(event) => {
          const moved = stops[Number(event.currentTarget.value)];
          if (moved !== value) change(moved);
        }}
      />
      <input
        id={id}
        name={name}
        inputMode="decimal"
        value={text}
        aria-invalid={error !== null}
        aria-describedby={`${id}-range`}
        onInput={(event) => {
          parse(event.currentTarget.value);
        }}
      />
      <span class={error ? 'range wrong' : 'range'} id={`${id}-range`} role={error ? 'alert' : undefined}>
        {error ?? `${min} to ${max}`}
      </span>
    </div>
  );
}
