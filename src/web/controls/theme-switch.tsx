import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';

const themes = { system: 'As the system', light: 'Light', dark: 'Dark' } as const;
type Theme = keyof typeof themes;

const KEY = 'meander-theme';
const isTheme = (text: string | null): text is Theme => text !== null && Object.hasOwn(themes, text);

/** Chooses the colour scheme, and remembers it where the browser allows that. */
export function ThemeSwitch(): ComponentChildren {
  const [theme, setTheme] = useState<Theme>(remembered);
  useEffect(() => {
    const { dataset } = document.documentElement;
    if (theme === 'system') delete dataset.theme;
    else dataset.theme = theme;
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // Without storage the choice holds until the page is closed.
    }
  }, [theme]);
  return (
    <select
      aria-label="Colours"
      value={theme}
      onChange={(event) => {
        setTheme(event.currentTarget.value as Theme);
      }}
    >
      {Object.entries(themes).map(([key, name]) => (
        <option key={key} value={key}>
          {name}
        </option>
      ))}
    </select>
  );
}

function remembered(): Theme {
  try {
    const found = localStorage.getItem(KEY);
    return isTheme(found) ? found : 'system';
  } catch {
    return 'system';
  }
}
