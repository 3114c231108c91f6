import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { asUserFile, type UserFile } from './dropped-files.js';

interface ChooseProps {
  readonly choose: (files: readonly UserFile[]) => void;
}

/** The fields by which runs of the user are opened; they can be dropped on the page, too. */
export function ChooseRuns({ choose }: ChooseProps): ComponentChildren {
  const [isOpen, setOpen] = useState(false);
  const field = (id: string, label: string, kind: object): ComponentChildren => (
    <>
      <label for={id}>{label}</label>
      <input
        id={id}
        type="file"
        {...kind}
        onChange={({ currentTarget }) => {
          choose(Array.from(currentTarget.files ?? [], asUserFile));
          currentTarget.value = '';
        }}
      />
    </>
  );
  return (
    <details
      class="panel"
      onToggle={({ currentTarget }) => {
        setOpen(currentTarget.open);
      }}
    >
      <summary>
        <h2>Open runs</h2>
      </summary>
      {isOpen && (
        <div class="field plain">
          {field('run-directory', 'Run directory', { webkitdirectory: true })}
          {field('run-archive', 'Archive of run directories (.zip)', { accept: '.zip' })}
        </div>
      )}
    </details>
  );
}
