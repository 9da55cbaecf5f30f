import { MultiSelect, Select, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/call.ts';
import { useViewState } from '../../app/use-view-state.ts';
import { type ComparedStory, readCompared, writeCompared } from './compared-story.ts';

interface CompareChoiceProps {
  /** Traced stories of this case. */
  own: string[];
  /** Names of the cases beside it. */
  beside: string[];
  chosen: ComparedStory[];
}

/** Which stories, of which case, counted from where, with or without names. */
export function CompareChoice({ own, beside, chosen }: CompareChoiceProps) {
  const [state, change] = useViewState();
  const keys = chosen.map(writeCompared);
  const options = [...new Set([...own, ...keys])].map((value) => {
    const one = readCompared(value);
    return { value, label: one.case === null ? one.story : `${one.story} (${one.case})` };
  });
  const choose = (values: string[]) => change({ with: values.join(',') || null }, true);
  return (
    <div className="filters fields">
      <MultiSelect
        label="Stories"
        data={options}
        value={keys}
        miw={300}
        maxValues={12}
        onChange={choose}
        style={{ flex: '1 1 320px', maxWidth: 560 }}
      />
      {beside.length > 0 && (
        <OtherCase beside={beside} onAdd={(one) => choose([...new Set([...keys, writeCompared(one)])])} />
      )}
      <Select
        label="Count from"
        data={[
          { value: 'first-seen', label: 'the first post' },
          { value: 'crossing', label: 'the first crossing' },
        ]}
        value={state.kind === 'crossing' ? 'crossing' : 'first-seen'}
        allowDeselect={false}
        w={170}
        onChange={(value) => change({ kind: value === 'crossing' ? value : null }, true)}
      />
      <Switch
        label="Mask handles"
        checked={state.mask === 'yes'}
        onChange={(event) => change({ mask: event.currentTarget.checked ? 'yes' : null }, true)}
      />
    </div>
  );
}

function OtherCase({ beside, onAdd }: { beside: string[]; onAdd: (story: ComparedStory) => void }) {
  const [name, setName] = useState<string | null>(null);
  const stories = useQuery({
    queryKey: ['cases', name],
    queryFn: ({ signal }) => call('GET /api/cases/{case}/stories', { params: { case: name! }, signal }),
    enabled: name !== null,
  });
  const found = stories.data?.stories ?? [];
  const why = stories.error?.message ?? (stories.data && found.length === 0 ? 'No story is traced there.' : null);
  return (
    <>
      <Select
        label="Another case"
        description={undefined}
        placeholder="in the same folder"
        data={beside}
        value={name}
        onChange={setName}
        clearable
        searchable
        w={190}
        error={why}
      />
      {found.length > 0 && (
        <Select
          label="Its stories"
          placeholder="Add one"
          data={found.map((one) => ({
            value: one.name,
            label: one.stale ? `${one.name} (not traced since)` : one.name,
          }))}
          value={null}
          w={190}
          onChange={(story) => story && name && onAdd({ case: name, story })}
        />
      )}
    </>
  );
}
