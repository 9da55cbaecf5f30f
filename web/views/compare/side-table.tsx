import type { ReactNode } from 'react';
import { Foreign } from '../../parts/post-text.tsx';

interface SideTableProps {
  label: string;
  first: string;
  names: string[];
  numeric?: boolean;
  rows: { key: string; title: ReactNode; cell: (campaign: number) => ReactNode }[];
}

/** One column per campaign. */
export function SideTable({ label, first, names, numeric = false, rows }: SideTableProps) {
  return (
    <div className="scroll-table plain-scroll side-table" tabIndex={0} role="region" aria-label={label}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{first}</th>
            {names.map((name, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: campaigns may share a name
              <th scope="col" className={numeric ? 'n' : ''} key={place}>
                <Foreign text={name} most={40} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.title}</th>
              {names.map((_, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: campaigns may share a name
                <td className={numeric ? 'n' : ''} key={place}>
                  {row.cell(place)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
