import type { ComponentChildren } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { InvalidInputError } from '#core';
import { fields, readNumber, type NumberKey } from './parameters.js';

interface NumberFieldProps {
  readonly name: NumberKey;
  readonly value: number;
  readonly change: (value: number) => void;
}

/** Steps of a slider. */
const SLIDER = 1000;

/** A number as a slider and as a field, with its unit, its range, and what is wrong with what was typed. */
export function NumberField({ name, value, change }: NumberFieldProps): ComponentChildren {
  const id = useId();
  const { label, symbol, unit, least, most, whole, hint } = fields[name];
  const [text, setText] = useState(`${value}`);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    setText(`${value}`);
    setError(null);
  }, [value]);
  const typed = (given: string): void => {
    setText(given);
    try {
      const read = readNumber(name, given);
      setError(null);
      if (read !== value) change(read);
    } catch (wrong) {
      if (!(wrong instanceof InvalidInputError)) throw wrong;
      setError(wrong.message);
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
        max={whole && most - least <= SLIDER ? sliderSteps(name) : SLIDER}
        value={toSlider(name, value)}
        aria-label={`${label}, slider`}
        aria-valuetext={`${value} ${unit}`}
        onInput={(event) => {
          change(fromSlider(name, Number(event.currentTarget.value)));
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
          typed(event.currentTarget.value);
        }}
      />
      <span class={error ? 'range wrong' : 'range'} id={`${id}-range`} role={error ? 'alert' : undefined}>
        {error ?? `${least} to ${most}`}
      </span>
    </div>
  );
}

const sliderSteps = (name: NumberKey): number => {
  const { least, most, scale } = fields[name];
  return scale === 'linear' ? most - least : SLIDER;
};

function toSlider(name: NumberKey, value: number): number {
  const { least, most, whole, scale } = fields[name];
  if (scale === 'log') return Math.round((SLIDER * Math.log(value / least)) / Math.log(most / least));
  return whole && most - least <= SLIDER ? value - least : Math.round((SLIDER * (value - least)) / (most - least));
}

/** Two or three digits: what a hand on a slider means. */
function fromSlider(name: NumberKey, position: number): number {
  const { least, most, whole, scale } = fields[name];
  if (whole && scale === 'linear' && most - least <= SLIDER) return least + position;
  const part = position / SLIDER;
  const value = scale === 'log' ? least * (most / least) ** part : least + part * (most - least);
  const bounded = Math.min(most, Math.max(least, Number(value.toPrecision(scale === 'log' ? 2 : 3))));
  return whole ? Math.round(bounded) : scale === 'log' ? bounded : Math.round(bounded * 100) / 100;
}
