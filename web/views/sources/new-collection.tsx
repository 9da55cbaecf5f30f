import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/call.ts';
import { OptionField, type OptionValue } from '../../parts/option-field.tsx';
import { ErrorState, Loading } from '../../parts/state.tsx';

/** A form for a collection, made from the definition of its source. Secrets come from the environment of the server, never from here. */
export function NewCollection({ onStarted }: { onStarted: () => void }) {
  const collectors = useQuery({
    queryKey: ['collectors'],
    queryFn: ({ signal }) => call('GET /api/collectors', { signal }),
  });
  const [id, setId] = useState<string | null>(null);
  const [values, setValues] = useState<Record<string, OptionValue>>({});
  const [name, setName] = useState('');
  const [contact, setContact] = useState('');
  const [respect, setRespect] = useState(false);
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  if (collectors.error) return <ErrorState error={collectors.error} />;
  if (!collectors.data) return <Loading height={160} />;
  const chosen = collectors.data.collectors.find((one) => one.id === id);
  const missing = chosen?.secrets.filter((one) => one.required && !one.isSet) ?? [];
  const start = () => {
    setAsking(true);
    setError(null);
    call('POST /api/collections', {
      body: {
        collector: id!,
        options: values,
        respectDeletions: respect,
        ...(name ? { name } : {}),
        ...(contact ? { contact } : {}),
      },
    })
      .then(onStarted, setError)
      .finally(() => setAsking(false));
  };
  return (
    <form
      className="stack new-collection"
      onSubmit={(event) => {
        event.preventDefault();
        start();
      }}
    >
      <Select
        label="Source"
        placeholder="Choose a source"
        data={collectors.data.collectors.map((one) => ({ value: one.id, label: one.title }))}
        value={id}
        maw={360}
        onChange={(next) => {
          setId(next);
          setValues({});
          setError(null);
        }}
      />
      {chosen && (
        <>
          <p className="small">{chosen.about}</p>
          <p className="small dim">{chosen.manners}</p>
          {missing.map((one) => (
            <p className="small" key={one.variable}>
              <span className="tag warn">needs {one.variable}</span> {one.about}. Set it in the environment in which{' '}
              <code>spillover serve</code> is started; secrets are never typed into a page.
            </p>
          ))}
          <div className="option-grid">
            {chosen.options.map((option) => (
              <OptionField
                key={option.name}
                option={{ ...option, unit: '-' }}
                value={values[option.name]}
                disabled={false}
                onChange={(value) =>
                  setValues(({ [option.name]: _, ...rest }) =>
                    value === undefined ? rest : { ...rest, [option.name]: value },
                  )
                }
              />
            ))}
            <TextInput
              size="xs"
              label="Name of the collection"
              placeholder="made from the options"
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <TextInput
              size="xs"
              label="Who collects"
              placeholder="mail or web address"
              description="Told to the servers that are asked, as good manners want."
              value={contact}
              onChange={(event) => setContact(event.currentTarget.value)}
            />
          </div>
          <Checkbox
            label="Forget text, links and raw records of posts that their source deletes"
            checked={respect}
            onChange={(event) => setRespect(event.currentTarget.checked)}
          />
          {error !== null && <ErrorState error={error} />}
          <div>
            <Button type="submit" loading={asking} disabled={missing.length > 0}>
              Start collecting
            </Button>
          </div>
        </>
      )}
    </form>
  );
}
