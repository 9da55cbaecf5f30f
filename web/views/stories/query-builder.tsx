import { Button, Textarea, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { call } from '../../api/call.ts';
import { count, dayOf } from '../../format/reader-locale.ts';
import { refuses, TimeField } from '../../parts/time-field.tsx';
import { Suggestions } from './suggestions.tsx';
import { asField, asMoment, useQueryCheck } from './use-query-check.ts';

interface QueryBuilderProps {
  story: { name: string; query: string; from: string | null; to: string | null } | null;
  readOnly: boolean;
  onSaved: (name: string, trace: boolean) => void;
}

const pieces: [label: string, text: string][] = [
  ['#hashtag', '#'],
  ['"a phrase"', '""'],
  ['url:', 'url:'],
  ['domain:', 'domain:'],
  ['account:', 'account:x/'],
  ['platform:', 'platform:'],
  ['AND', ' AND '],
  ['OR', ' OR '],
  ['NOT', ' NOT '],
];

/** A query with counts that move while it is typed, a mistake shown at its place, and terms that go with the story. */
export function QueryBuilder({ story, readOnly, onSaved }: QueryBuilderProps) {
  const [name, setName] = useState(story?.name ?? '');
  const [query, setQuery] = useState(story?.query ?? '');
  const [from, setFrom] = useState(asField(story?.from ?? null));
  const [to, setTo] = useState(asField(story?.to ?? null));
  const [saving, setSaving] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [history, setHistory] = useState<string[]>([]);
  const field = useRef<HTMLTextAreaElement>(null);
  const kept = useRef(story);
  useEffect(() => {
    const before = kept.current;
    kept.current = story;
    if (!story || !before) return;
    setQuery((old) => (old === before.query ? story.query : old));
    setFrom((old) => (old === asField(before.from) ? asField(story.from) : old));
    setTo((old) => (old === asField(before.to) ? asField(story.to) : old));
  }, [story]);
  const check = useQueryCheck(query, from, to);
  const problem = query.trim() === '' ? null : (check.data?.problem ?? null);
  const counts = query.trim() === '' ? null : (check.data?.counts ?? null);
  const changed = (next: string) => {
    setHistory([...history.slice(-50), query]);
    setQuery(next);
  };
  const insert = (text: string) => {
    const at = field.current?.selectionStart ?? query.length;
    changed(query.slice(0, at) + text + query.slice(field.current?.selectionEnd ?? at));
    const caret = at + text.length - (text.endsWith('"') ? 1 : 0);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(caret, caret);
    });
  };
  const save = (trace: boolean) => {
    if (refuses(document)) return;
    setSaving(true);
    setError(null);
    call('POST /api/stories', {
      body: { name: name.trim(), query, from: asMoment(from), to: asMoment(to), replace: story !== null },
    })
      .then(async (saved) => {
        if (trace) await call('POST /api/stories/{story}/trace', { params: { story: saved.name }, body: {} });
        onSaved(saved.name, trace);
      })
      .catch((failed: Error & { hint?: string | null }) => setError(`${failed.message} ${failed.hint ?? ''}`))
      .finally(() => setSaving(false));
  };
  return (
    <div className="columns">
      <section className="panel stack">
        <TextInput
          label="Name"
          description="Letters, digits, dots, dashes. It stands in addresses and file names."
          value={name}
          onChange={(event) => setName(event.currentTarget.value.replace(/\s+/g, '-'))}
          disabled={story !== null || readOnly}
          maw={360}
        />
        <div>
          <Textarea
            ref={field}
            label="Which posts belong to the story"
            description='For example: #FerryPapers OR "ferry papers" OR url:paste.example/abc'
            autosize
            minRows={3}
            value={query}
            disabled={readOnly}
            error={problem ? `${problem.message} ${problem.hint ?? ''}` : null}
            onChange={(event) => changed(event.currentTarget.value)}
            styles={{ input: { fontFamily: 'var(--mono)', fontSize: 14 } }}
            spellCheck={false}
          />
          {problem?.column != null && (
            <pre className="query-mistake" aria-hidden="true">
              {query
                .slice(0, problem.column - 1)
                .split('\n')
                .at(-1)}
              <mark>{query.slice(problem.column - 1, problem.column + 11) || ' '}</mark>
            </pre>
          )}
        </div>
        <div className="row">
          {pieces.map(([label, text]) => (
            <Button key={label} size="compact-xs" variant="default" disabled={readOnly} onClick={() => insert(text)}>
              {label}
            </Button>
          ))}
          <Button
            size="compact-xs"
            variant="subtle"
            disabled={history.length === 0}
            onClick={() => {
              setQuery(history.at(-1)!);
              setHistory(history.slice(0, -1));
            }}
          >
            Undo
          </Button>
        </div>
        <div className="row">
          <TimeField label="From (UTC)" value={from} disabled={readOnly} onChange={setFrom} />
          <TimeField label="To (UTC)" value={to} disabled={readOnly} onChange={setTo} />
        </div>
        {error && (
          <p role="alert" className="tag warn" style={{ whiteSpace: 'normal' }}>
            {error}
          </p>
        )}
        {!readOnly && (
          <div className="row">
            <Button
              loading={saving}
              disabled={name === '' || problem !== null || !counts || counts.posts === 0}
              onClick={() => save(true)}
            >
              Save and trace
            </Button>
            <Button
              variant="default"
              loading={saving}
              disabled={name === '' || problem !== null || !counts}
              onClick={() => save(false)}
            >
              Save
            </Button>
          </div>
        )}
      </section>
      <div className="stack">
        <section className="panel" aria-live="polite" aria-busy={check.isFetching}>
          <h2>It selects</h2>
          <div className="big-number">{counts ? count(counts.posts) : '–'}</div>
          <p className="dim">
            {counts
              ? `posts by ${count(counts.accounts)} accounts`
              : problem
                ? 'Mend the query to see the counts.'
                : 'posts. Type a query.'}
          </p>
          {counts && (
            <table className="plain-table">
              <tbody>
                {counts.platforms.map((one) => (
                  <tr key={one.platform}>
                    <th scope="row">
                      <span className={`dot ${one.tier}`} />
                      {one.platform}
                    </th>
                    <td className="n">{count(one.posts)}</td>
                    <td className="dim small">since {dayOf(one.from, 'utc')}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {counts && counts.withoutTime > 0 && (
            <p className="small dim">
              {count(counts.withoutTime)} more match but have no known time and cannot be traced.
            </p>
          )}
        </section>
        {story && (
          <Suggestions
            story={story.name}
            readOnly={readOnly}
            isChanged={query !== story.query}
            onAdd={(text) => changed(`${query.trim()} OR ${text}`)}
          />
        )}
      </div>
    </div>
  );
}
