import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { CanvasCapture } from '../export/figure.js';
import { useProvenance } from '../export/provenance.js';

interface ViewProps {
  readonly id: string;
  readonly title: string;
  /** The title with more than text. */
  readonly heading?: ComponentChildren;
  /** What the view shows, in one or two sentences. */
  readonly sentence: string;
  /** The page of docs/ with more about it. */
  readonly docs: string;
  readonly wide?: boolean;
  /** Captures the canvas of a view that has one, which cannot be saved as SVG; null while it is empty. */
  readonly capture?: CanvasCapture | null;
  /** Whether there is nothing to save. */
  readonly empty?: boolean;
  /** The numbers that the view shows, as tables. */
  readonly data?: () => ComponentChildren;
  readonly children: ComponentChildren;
}

/** Where the build puts the pages of the docs. */
const DOCS = './docs';

/** A view with its description, a link to the docs, its numbers, and buttons that save it. */
export function View(props: ViewProps): ComponentChildren {
  const { id, title, heading: shownTitle = title, sentence, docs, wide, capture, empty, data, children } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const provenance = useProvenance();
  const [open, setOpen] = useState(false);
  const isEmpty = empty ?? capture === null;
  const save = (format: 'svg' | 'png') => () => {
    const from = provenance();
    const parts = heading.current && body.current && { heading: heading.current, body: body.current };
    if (!parts || !from) return;
    void import('../export/figure.js').then(({ saveFigure }) =>
      saveFigure({ ...parts, capture: capture ?? null }, from.nameOf(id), format, {
        ...from,
        title,
        caption: sentence,
      }),
    );
  };
  return (
    <section class={wide ? 'view wide' : 'view'} id={id} aria-labelledby={`${id}-title`}>
      <header>
        <h2 id={`${id}-title`} ref={heading}>
          {shownTitle}
        </h2>
        <span class="save">
          {capture === undefined && (
            <button
              type="button"
              class="quiet"
              disabled={isEmpty}
              onClick={save('svg')}
              aria-label={`${title}: download as SVG`}
            >
              SVG
            </button>
          )}
          <button
            type="button"
            class="quiet"
            disabled={isEmpty}
            onClick={save('png')}
            aria-label={`${title}: download as PNG`}
          >
            PNG
          </button>
        </span>
      </header>
      <p class="sentence">
        {sentence}{' '}
        <a href={`${DOCS}/${docs}.html`} aria-label={`${title}: more in the docs`}>
          More
        </a>
      </p>
      <div ref={body}>{children}</div>
      {data && !isEmpty && (
        <details
          class="data"
          onToggle={({ currentTarget }) => {
            setOpen(currentTarget.open);
          }}
        >
          <summary>
            Data<span class="hidden">: {title}</span>
          </summary>
          {open && data()}
        </details>
      )}
    </section>
  );
}
