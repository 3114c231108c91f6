import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { nameOf, type Run, type RunView } from './run-view.js';
import { ClaimTable, ResultTable } from './tables.js';

interface OpenedProps {
  readonly run: Run;
  readonly shown: RunView;
  /** The address of a file of the run. */
  readonly address: (file: string) => string;
  readonly open: (point: number) => void;
  readonly close: () => void;
}

/** A run with its table and figures; takes the focus when it appears. */
export function OpenedRun({ run, shown, address, open, close }: OpenedProps): ComponentChildren {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    heading.current?.closest('section')?.scrollIntoView();
  }, [shown]);
  const name = nameOf(run);
  return (
    <section class="view run" aria-labelledby="run-title">
      <header>
        <h2 id="run-title" tabIndex={-1} ref={heading}>
          Run: {name}
        </h2>
        <button type="button" onClick={close}>
          Close
        </button>
      </header>
      <p class="range">{shown.note}</p>
      {shown.kind === 'table' ? (
        <ResultTable name={name} table={shown} open={open} />
      ) : (
        <ClaimTable name={name} claims={shown.claims} />
      )}
      <div class="figures">
        {figuresOf(run.files, shown, address).map(({ source, alt }) => (
          <img key={source} src={source} alt={alt} />
        ))}
      </div>
    </section>
  );
}

/** What the server draws of a table, and the pictures that lie in the directory: of one that is there as SVG and PNG the SVG. */
function figuresOf(
  files: readonly string[],
  shown: RunView,
  address: OpenedProps['address'],
): { readonly source: string; readonly alt: string }[] {
  const drawn = shown.kind === 'table' ? shown.figures : [];
  const titles = shown.kind === 'claims' ? shown.titles : new Map<string, string>();
  const known = new Set([...drawn.map(({ name }) => `figures/${name}.svg`), ...files]);
  const lying = files.filter((file) =>
    /\.svg$/i.test(file)
      ? !drawn.some(({ name }) => file === `figures/${name}.svg`)
      : /\.png$/i.test(file) && !known.has(file.replace(/png$/i, 'svg')),
  );
  return [
    ...drawn.map(({ name, svg }) => ({
      source: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`,
      alt: `${name} over the swept parameters, theory beside simulation; the table has the numbers`,
    })),
    ...lying.map((file) => ({
      source: address(file),
      alt: titles.get(file.replace(/^.*\/|\.\w+$/g, '')) ?? `Figure ${file}`,
    })),
  ];
}
