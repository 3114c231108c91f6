import { useEffect, useState } from 'preact/hooks';
import { COLOURS } from './marks.js';

/** Colours of the style sheet, for drawing on a canvas. */
export interface Colours {
  readonly series: readonly string[];
  readonly ink: string;
  readonly soft: string;
  /** What lies behind the drawing. */
  readonly ground: string;
}

/** The colours of the style sheet for an element, in the present colour scheme. */
export function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element);
  const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const series = Array.from({ length: COLOURS }, (_, k) => colour(`series-${k}`));
  return { series, ink: colour('ink'), soft: colour('soft'), ground: colour('ground') };
}

/** Whether the page has the dark colour scheme: what the user chose, `data-theme` of the root, or else what the system has. */
export function useDark(): boolean {
  const [dark, setDark] = useState(isDark);
  useEffect(() => {
    const listen = (): void => {
      setDark(isDark());
    };
    listen();
    system.addEventListener('change', listen);
    const observer = new MutationObserver(listen);
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      system.removeEventListener('change', listen);
      observer.disconnect();
    };
  }, []);
  return dark;
}

const system = matchMedia('(prefers-color-scheme: dark)');

function isDark(): boolean {
  const { theme } = document.documentElement.dataset;
  return theme === 'dark' || (theme !== 'light' && system.matches);
}
