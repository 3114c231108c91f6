import { useEffect, useState } from 'preact/hooks';
import { COLOURS } from './marks.js';

/** Colours of the style sheet, for drawing on a canvas. */
export interface Colours {
  readonly series: readonly string[];
  readonly soft: string;
}

/** The colours of the style sheet for an element, in the present colour scheme. */
export function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element);
  const series = Array.from({ length: COLOURS }, (_, k) => style.getPropertyValue(`--series-${k}`).trim());
  return { series, soft: style.getPropertyValue('--soft').trim() };
}

/** Whether the page has the dark colour scheme. */
export function useDark(): boolean {
  const [dark, setDark] = useState(false);
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)');
    const listen = (): void => {
      setDark(query.matches);
    };
    listen();
    query.addEventListener('change', listen);
    return () => {
      query.removeEventListener('change', listen);
    };
  }, []);
  return dark;
}
