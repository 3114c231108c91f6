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
