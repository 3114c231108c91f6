import { formatCounted } from '#core';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { download } from '../export/download.js';
import { archiveOf } from './client.js';
import type { ShownFigure, ShownReport, ShownSection } from './messages.js';

/** Media types of the files, by the ends of their names. */
const types: Readonly<Record<string, string>> = {
  svg: 'image/svg+xml',
  csv: 'text/csv',
  json: 'application/json',
  html: 'text/html',
};

interface ReportViewProps {
  readonly shown: ShownReport;
  readonly fail: (error: unknown) => void;
}

/** The report of an analysis: tables and figures of each animal, controls, methods, and all of it as files. */
export function ReportView({ shown, fail }: ReportViewProps): ComponentChildren {
  const { inputs, sections, warnings, controls, methods, files, output } = shown;
  const [isPacking, setPacking] = useState(false);
  return (
    <div class="report">
      {inputs.map((line) => (
        <p class="range" key={line}>
          {line}
        </p>
      ))}
      <div dangerouslySetInnerHTML={{ __html: warnings }} />
      <p class="export">
        <button
          type="button"
          aria-busy={isPacking}
          onClick={() => {
            if (isPacking) return;
            setPacking(true);
            archiveOf(output)
              .then((zip) => {
                download('analysis.zip', zip, 'application/zip');
              }, fail)
              .finally(() => {
                setPacking(false);
              });
          }}
        >
          Download all files (ZIP)
        </button>
        <span class="range" role="status">
          {isPacking ? ' Making the files …' : ''}
        </span>
      </p>
      {sections.map((section) => (
        <Section section={section} key={section.name} />
      ))}
      <h3>Controls</h3>
      <Table name="Controls" html={controls} />
      <h3>Methods, ready to paste</h3>
      {methods
        .trim()
        .split('\n\n')
        .map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      <details>
        <summary>Single files</summary>
        <ul class="files">
          {Object.entries(files).map(([path, text]) => (
            <li key={path}>
              <button
                type="button"
                class="quiet"
                onClick={() => {
                  download(path.replace(/^.*\//, ''), text, types[path.replace(/^.*\./, '')] ?? 'text/plain');
                }}
              >
                {path}
              </button>
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}

function Section({ section }: { readonly section: ShownSection }): ComponentChildren {
  const { name, motion, stimuli, familiar, turning, figures } = section;
  return (
    <>
      <h3>{name}</h3>
      <Table name={`Motion of ${name}`} html={motion} />
      <div class="figures">
        {figures.map((figure) => (
          <Figure figure={figure} key={figure.name} />
        ))}
      </div>
      <details>
        <summary>{formatCounted(stimuli.count, 'stimulus', 'stimuli', 'typeset')}</summary>
        <Table name={`Stimuli of ${name}`} html={stimuli.table} />
      </details>
      {turning !== '' && <Table name={`Turning of ${name}`} html={turning} />}
      {familiar !== '' && <Table name={`Familiar measures of ${name}`} html={familiar} />}
    </>
  );
}

/** A table that scrolls on its own where it is wide. */
const Table = ({ name, html }: { readonly name: string; readonly html: string }): ComponentChildren => (
  <div class="scroll" tabIndex={0} role="region" aria-label={name} dangerouslySetInnerHTML={{ __html: html }} />
);

const urlOf = (svg: string): string => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;

const Figure = ({ figure }: { readonly figure: ShownFigure }): ComponentChildren => (
  <figure>
    <picture>
      <source media="(max-width: 600px)" srcset={urlOf(figure.narrow)} />
      <img src={urlOf(figure.wide)} alt={figure.title} />
    </picture>
    <figcaption>
      <strong>{figure.title}.</strong> {figure.caption}
    </figcaption>
  </figure>
);
