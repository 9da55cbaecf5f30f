import { Button, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { TimeField } from '../../parts/time-field.tsx';
import type { TimelineEdit } from './timeline-types.ts';

/** A form for a moment that the trace does not know. */
export function NewEvent({ onAdd }: { onAdd: (edit: TimelineEdit) => Promise<void> }) {
  const [headline, setHeadline] = useState('');
  const [text, setText] = useState('');
  const [time, setTime] = useState('');
  const [posts, setPosts] = useState('');
  return (
    <form
      className="panel stack"
      onSubmit={(event) => {
        event.preventDefault();
        void onAdd({
          edit: 'add',
          id: `analyst-${crypto.randomUUID()}`,
          time,
          headline,
          text,
          posts: posts
            .split('\n')
            .map((one) => one.trim())
            .filter((one) => one !== ''),
        });
      }}
    >
      <div className="row">
        <TimeField size="xs" label="Time (UTC)" required value={time} onChange={setTime} />
        <TextInput
          size="xs"
          label="Headline"
          required
          maxLength={300}
          w={380}
          value={headline}
          onChange={(event) => setHeadline(event.currentTarget.value)}
        />
      </div>
      <Textarea
        size="xs"
        label="Text"
        autosize
        minRows={2}
        maxLength={5000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Textarea
        size="xs"
        label="Cited posts"
        description="One a line, as platform/id"
        autosize
        minRows={1}
        value={posts}
        onChange={(event) => setPosts(event.currentTarget.value)}
      />
      <div>
        <Button size="xs" type="submit">
          Add it
        </Button>
      </div>
    </form>
  );
}
