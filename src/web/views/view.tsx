import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { saveFigure } from '../leave/figure.js';

interface ViewProps {
  readonly id: string;
  readonly title: string;
  /** One sentence that says what the picture shows. */
  readonly sentence: string;
  /** Page of docs/ that says more. */
  readonly docs: string;
  readonly wide?: boolean;
  /** Whether the picture is one of pixels, which cannot be saved as SVG. */
  readonly pixels?: boolean;
  readonly children: ComponentChildren;
}

/** The build puts the pages of the docs there. */
const DOCS = './docs';

/** A picture with its sentence, a link to the docs, and the buttons that save it. */
export function View({ id, title, sentence, docs, wide, pixels, children }: ViewProps): ComponentChildren {
  const body = useRef<HTMLDivElement>(null);
  const save = (format: 'svg' | 'png') => () => {
    if (body.current) void saveFigure(body.current, id, format);
  };
  return (
    <section class={wide ? 'view wide' : 'view'} id={id} aria-labelledby={`${id}-title`}>
      <header>
        <h2 id={`${id}-title`}>{title}</h2>
        <span class="save">
          {!pixels && (
            <button type="button" class="quiet" onClick={save('svg')} aria-label={`${title}: download as SVG`}>
              SVG
            </button>
          )}
          <button type="button" class="quiet" onClick={save('png')} aria-label={`${title}: download as PNG`}>
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
    </section>
  );
}
