import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { saveFigure, type CanvasCapture } from '../export/figure.js';

interface ViewProps {
  readonly id: string;
  readonly title: string;
  /** What the picture shows, in one sentence or two. */
  readonly sentence: string;
  /** Page of docs/ that says more. */
  readonly docs: string;
  readonly wide?: boolean;
  /** Captures the canvas of a view that has one, which cannot be saved as SVG; null while it is empty. */
  readonly capture?: CanvasCapture | null;
  /** Whether there is no picture to save. */
  readonly empty?: boolean;
  /** The numbers of the picture, as tables. */
  readonly data?: () => ComponentChildren;
  readonly children: ComponentChildren;
}

/** The build puts the pages of the docs there. */
const DOCS = './docs';

/** A picture with its sentence, a link to the docs, its numbers, and the buttons that save it. */
export function View(props: ViewProps): ComponentChildren {
  const { id, title, sentence, docs, wide, capture, empty, data, children } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const nothing = empty ?? capture === null;
  const save = (format: 'svg' | 'png') => () => {
    if (!heading.current || !body.current) return;
    void saveFigure({ heading: heading.current, body: body.current, capture: capture ?? null }, id, format);
  };
  return (
    <section class={wide ? 'view wide' : 'view'} id={id} aria-labelledby={`${id}-title`}>
      <header>
        <h2 id={`${id}-title`} ref={heading}>
          {title}
        </h2>
        <span class="save">
          {capture === undefined && (
            <button
              type="button"
              class="quiet"
              disabled={nothing}
              onClick={save('svg')}
              aria-label={`${title}: download as SVG`}
            >
              SVG
            </button>
          )}
          <button
            type="button"
            class="quiet"
            disabled={nothing}
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
      {data && !nothing && (
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
