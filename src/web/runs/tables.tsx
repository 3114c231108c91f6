import type { ComponentChildren } from 'preact';
import { format, formatEstimate } from '../format.js';
import type { ShownPoint } from './report.js';
import { cellOf, type ShownSweep, type SweepRow } from './sweep.js';

interface OpenProps {
  /** Opens the point of this number, from 0, in the live view. */
  readonly open: (point: number) => void;
}

function Scroll({
  name,
  children,
}: {
  readonly name: string;
  readonly children: ComponentChildren;
}): ComponentChildren {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={name}>
      <table>{children}</table>
    </div>
  );
}

const Heads = ({ names }: { readonly names: readonly string[] }): ComponentChildren => (
  <thead>
    <tr>
      {names.map((name) => (
        <th scope="col" key={name}>
          {name}
        </th>
      ))}
    </tr>
  </thead>
);

const quantityHeads = ['F theory', 'F simulation', 'D theory', 'D simulation'];

/** One point of a report.json. */
export function PointTable({
  point,
  place,
  open,
}: OpenProps & { readonly point: ShownPoint; readonly place: number }): ComponentChildren {
  const name = Object.entries(point.parameters)
    .map(([key, value]) => `${key} ${JSON.stringify(value)}`)
    .join(', ');
  return (
    <>
      <Scroll name={`Point ${place + 1}: ${name}`}>
        <caption>{name}</caption>
        <Heads names={['stimulus', ...quantityHeads]} />
        <tbody>
          {point.probes.map(({ theory, simulation }, k) => (
            <tr key={k}>
              <th scope="row">{k + 1}</th>
              {theory.flatMap((value, q) => [
                <td key={2 * q}>{format(value)}</td>,
                <td key={2 * q + 1}>{formatEstimate({ value: simulation[q][0], se: simulation[q][1] })}</td>,
              ])}
            </tr>
          ))}
        </tbody>
      </Scroll>
      <OpenButton place={place} open={open} />
    </>
  );
}

function OpenButton({ place, open }: OpenProps & { readonly place: number }): ComponentChildren {
  return (
    <button
      type="button"
      onClick={() => {
        open(place);
      }}
    >
      Open point {place + 1} in the lab
    </button>
  );
}

/** The rows of a sweep, each point with the way into the live view. */
export function SweepTable({ sweep, open }: OpenProps & { readonly sweep: ShownSweep }): ComponentChildren {
  const { name, rows, allRows, swept, points, finished, missing } = sweep;
  const cells = (row: SweepRow): string[] => [
    ...swept.map((key) => (typeof row[key] === 'number' ? format(row[key]) : String(row[key]))),
    String(row.probe),
    ...['fluctuation', 'diffusion'].flatMap((quantity) => [
      format(cellOf(row, `${quantity}Theory`)),
      formatEstimate({ value: cellOf(row, `${quantity}Simulation`), se: cellOf(row, `${quantity}StandardError`) }),
    ]),
  ];
  return (
    <>
      <p class="range">
        {name}: {finished} of {points} points finished
        {missing === null ? '' : `; ${missing}`}
      </p>
      {rows.length === 0 ? (
        <OpenButton place={0} open={open} />
      ) : (
        <Scroll name={`Table of ${name}`}>
          <caption>
            {rows.length < allRows ? `The first ${rows.length} of ${allRows} rows; meander show has all of them.` : ''}
          </caption>
          <Heads names={['lab', ...swept, 'stimulus', ...quantityHeads]} />
          <tbody>
            {rows.map((row, k) => (
              <tr key={k}>
                <td>
                  {row.probe === 1 && (
                    <button
                      type="button"
                      class="quiet"
                      aria-label={`Open point ${cellOf(row, 'point') + 1} in the lab`}
                      onClick={() => {
                        open(cellOf(row, 'point'));
                      }}
                    >
                      Open
                    </button>
                  )}
                </td>
                {cells(row).map((text, j) => (
                  <td key={j}>{text}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </Scroll>
      )}
    </>
  );
}
