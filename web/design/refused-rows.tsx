import { type Act, ActButton } from './act.tsx';
import classes from './refused-rows.module.css';

/** A row of a file that was refused. `row` counts as the file's reader sees it: the heading is row 1. */
export type RefusedRow = { row?: number; field?: string; value?: string; message: string };

/** Rows of a file that were refused: row, column, value, mend; and the same rows as a file. */
export function RefusedRows({ rows, total = rows.length, download }: { rows: RefusedRow[]; total?: number; download?: Act }) {
  return (
    <div>
      <table className={classes.refused}>
        <thead>
          <tr>
            <th scope="col">Row</th>
            <th scope="col">Column</th>
            <th scope="col">Value</th>
            <th scope="col">What to mend</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ row, field, value, message }) => (
            <tr key={`${row}/${field}/${message}`}>
              <td className={classes.row}>{row ?? ''}</td>
              <td>{field ?? ''}</td>
              <td className={classes.value}>{value === undefined ? '' : `“${value}”`}</td>
              <td>{message}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={classes.foot}>
        {total > rows.length && (
          <p className="gc-small gc-dimmed">
            The first {rows.length} of {total} are shown.
          </p>
        )}
        {download !== undefined && <ActButton act={download} size="xs" />}
      </div>
    </div>
  );
}
