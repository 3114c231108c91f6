import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';

interface TabsProps<Key extends string> {
  readonly names: Readonly<Record<Key, string>>;
  readonly chosen: Key;
  readonly choose: (key: Key) => void;
  readonly label: string;
  /** The panel of the chosen tab. */
  readonly children: ComponentChildren;
}

/** Tabs as in the practices of WAI-ARIA: arrow keys move, the chosen one alone is in the order of the tabulator. */
export function Tabs<Key extends string>({
  names,
  chosen,
  choose,
  label,
  children,
}: TabsProps<Key>): ComponentChildren {
  const list = useRef<HTMLDivElement>(null);
  const keys = Object.keys(names) as Key[];
  const move = (by: number): void => {
    const next = keys[(keys.indexOf(chosen) + by + keys.length) % keys.length];
    choose(next);
    list.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
  return (
    <>
      <div class="tabs" role="tablist" aria-label={label} ref={list}>
        {keys.map((key) => (
          <button
            key={key}
            type="button"
            role="tab"
            id={`tab-${key}`}
            aria-selected={key === chosen}
            aria-controls="tab-panel"
            tabIndex={key === chosen ? 0 : -1}
            onClick={() => {
              choose(key);
            }}
            onKeyDown={(event) => {
              if (event.key === 'ArrowRight') move(1);
              else if (event.key === 'ArrowLeft') move(-1);
            }}
          >
            {names[key]}
          </button>
        ))}
      </div>
      <div id="tab-panel" role="tabpanel" aria-labelledby={`tab-${chosen}`}>
        {children}
      </div>
    </>
  );
}
