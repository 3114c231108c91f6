import type { ServedRun } from '#core';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { nameOf, type RunView } from './run-view.js';
import { ClaimTable, ResultTable } from './tables.js';

interface OpenedProps {
  readonly run: ServedRun;
  readonly view: RunView;
  /** The URL of a file of the run. */
  readonly url: (file: string) => string;
  /** Opens a point, from 0, in the lab. */
  readonly openPoint: (pointIndex: number) => void;
  readonly close: () => void;
}

/** A run with its table and figures; takes the focus when it appears. */
export function OpenedRun({ run, view, url, openPoint, close }: OpenedProps): ComponentChildren {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    heading.current?.closest('section')?.scrollIntoView();
  }, [view]);
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
      <p class="range">{view.note}</p>
      {view.kind === 'table' ? (
        <ResultTable name={name} table={view} open={openPoint} />
      ) : (
        <ClaimTable name={name} claims={view.claims} />
      )}
      <div class="figures">
        {figuresOf(run.files, view, url).map(({ source, alt }) => (
          <img key={source} src={source} alt={alt} />
        ))}
      </div>
    </section>
  );
}

/**
 * The figures that the server draws of a table, and those in the directory: of one that exists as SVG and PNG only the
 * SVG.
 */
function figuresOf(
  files: readonly string[],
  view: RunView,
  url: OpenedProps['url'],
): { readonly source: string; readonly alt: string }[] {
  const drawn = view.kind === 'table' ? view.figures : [];
  const titles = view.kind === 'claims' ? view.titles : new Map<string, string>();
  const known = new Set([...drawn.map(({ name }) => `figures/${name}.svg`), ...files]);
  const stored = files.filter((file) =>
    /\.svg$/i.test(file)
      ? !drawn.some(({ name }) => file === `figures/${name}.svg`)
      : /\.png$/i.test(file) && !known.has(file.replace(/png$/i, 'svg')),
  );
  return [
    ...drawn.map(({ name, svg }) => ({
      source: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`,
      alt: `${name} over the swept parameters, theory beside simulation; the table has the numbers`,
    })),
    ...stored.map((file) => ({
      source: url(file),
      alt: titles.get(file.replace(/^.*\/|\.\w+$/g, '')) ?? `Figure ${file}`,
    })),
  ];
}
