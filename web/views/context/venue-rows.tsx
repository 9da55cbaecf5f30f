import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';

type Tier = 'fringe' | 'social' | 'mainstream';
const tiers: Tier[] = ['fringe', 'social', 'mainstream'];
const words = { platforms: 'Platforms', domains: 'Domains', accounts: 'Accounts' } as const;
const examples = { platforms: 'gab', domains: 'lemonde.fr', accounts: 'x/ReutersWorld' } as const;

interface VenueRowsProps {
  kind: keyof typeof words;
  venues: Record<string, Tier>;
  onChange: (venues: Record<string, Tier>) => void;
}

/** Venues of one kind with their tier, and a line to add one. */
export function VenueRows({ kind, venues, onChange }: VenueRowsProps) {
  const [name, setName] = useState('');
  const add = () => {
    if (name.trim() === '') return;
    onChange({ ...venues, [name.trim()]: 'mainstream' });
    setName('');
  };
  return (
    <div>
      <h3>{words[kind]}</h3>
      <table className="plain-table form-table">
        <tbody>
          {Object.entries(venues).map(([venue, tier]) => (
            <tr key={venue}>
              <th scope="row">
                <bdi>{venue}</bdi>
              </th>
              <td>
                <Select
                  size="xs"
                  w={126}
                  aria-label={`Tier of ${venue}`}
                  data={tiers}
                  value={tier}
                  allowDeselect={false}
                  onChange={(value) => value && onChange({ ...venues, [venue]: value as Tier })}
                />
              </td>
              <td>
                <Button
                  size="compact-xs"
                  variant="subtle"
                  aria-label={`Remove ${venue}`}
                  onClick={() => onChange(Object.fromEntries(Object.entries(venues).filter(([one]) => one !== venue)))}
                >
                  ✕
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="row" style={{ marginTop: 6 }}>
        <TextInput
          size="xs"
          aria-label={`Add to ${words[kind]}`}
          placeholder={examples[kind]}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add();
          }}
        />
        <Button size="compact-sm" variant="default" onClick={add}>
          Add
        </Button>
      </div>
    </div>
  );
}
