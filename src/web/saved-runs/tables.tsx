import type { ComponentChildren } from 'preact';
import type { ClaimsView, TableView } from './run-view.js';

interface TableProps {
  readonly name: string;
  /** A sentence above the table; none when empty. */
  readonly sentence?: string;
  readonly heads: readonly string[];
  readonly children: ComponentChildren;
}

/** A table that scrolls on its own where it is wide. */
function Table({ name, sentence, heads, children }: TableProps): ComponentChildren {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={name}>
      <table>
        {sentence && <caption>{sentence}</caption>}
        <thead>
          <tr>
            {heads.map((head) => (
              <th scope="col" key={head}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

interface ResultProps {
  readonly name: string;
  readonly table: TableView;
  /** Opens a point, from 0, in the lab. */
  readonly open: (point: number) => void;
}

/** Theory and simulation of each probe at each point, with a button that opens the point in the lab. */
export function ResultTable({ name, table, open }: ResultProps): ComponentChildren {
  const { file, heads, rows, allRows, rest } = table;
  const button = (point: number, text: string): ComponentChildren => (
    <button
      type="button"
      class="quiet"
      aria-label={`Open point ${point + 1} in the lab`}
      onClick={() => {
        open(point);
      }}
    >
      {text}
    </button>
  );
  if (rows.length === 0) return file === undefined ? null : <p>{button(0, 'Open point 1 in the lab')}</p>;
  return (
    <Table
      name={`Table of ${name}`}
      sentence={rows.length < allRows ? `The first ${rows.length} of ${allRows} rows; ${rest}.` : ''}
      heads={['lab', ...heads]}
    >
      {rows.map(({ point, cells }, k) => (
        <tr key={k}>
          <td>{file !== undefined && (k === 0 || rows[k - 1].point !== point) && button(point, 'Open')}</td>
          {cells.map((text, j) => (
            <td key={j}>{text}</td>
          ))}
        </tr>
      ))}
    </Table>
  );
}

/** Each claim of a reproduction with its verdict. */
export function ClaimTable({
  name,
  claims,
}: Pick<ResultProps, 'name'> & Pick<ClaimsView, 'claims'>): ComponentChildren {
  return (
    <Table name={`Claims of ${name}`} heads={['claim', 'verdict', 'quantities that agree']}>
      {claims.map(([title, ...cells]) => (
        <tr key={title}>
          <th scope="row">{title}</th>
          {cells.map((text, j) => (
            <td key={j}>{text}</td>
          ))}
        </tr>
      ))}
    </Table>
  );
}
