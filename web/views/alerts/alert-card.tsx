import { Button, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Answer } from '../../../src/server/api-types.ts';
import { call } from '../../api/call.ts';
import { usePreferences } from '../../app/preferences.tsx';
import { useViewState } from '../../app/use-view-state.ts';
import { evidenceOf } from '../../evidence/evidence-source.ts';
import { count, moment, zoneName } from '../../format/reader-locale.ts';
import { Foreign } from '../../parts/post-text.tsx';

type Alert = Answer<'alerts'>['alerts'][number];

/** One alert: what happened, why it was told, its posts, what could not be seen, where it went, and what came of it. */
export function AlertCard({ alert, readOnly }: { alert: Alert; readOnly: boolean }) {
  const [, change] = useViewState();
  const { zone } = usePreferences();
  const { score } = alert;
  const troubles = alert.deliveries.filter((one) => one.state !== 'delivered');
  return (
    <article className="panel alert-card" aria-labelledby={`alert-${alert.number}`}>
      <p className="dim small">
        {alert.urgent && <span className="tag warn">urgent</span>} {alert.title}
        {alert.story !== null && (
          <>
            {' · '}
            <Link to={'/story/$story' as never} params={{ story: alert.story } as never}>
              {alert.story}
            </Link>
          </>
        )}
      </p>
      <h2 id={`alert-${alert.number}`}>
        <Foreign text={alert.headline} most={240} />
      </h2>
      <p className="dim small">
        Happened {moment(alert.at, zone)}, noticed {moment(alert.noticed, zone)} {zoneName(zone)}
      </p>
      {score && (
        <p>
          Chance to reach a mainstream venue within {count(score.withinHours)} hours:{' '}
          <b>{count(100 * score.probability)} %</b>
        </p>
      )}
      <ul className="findings">
        {[...new Set([...alert.reasons, ...(score?.reasons ?? [])])].map((reason) => (
          <li key={reason}>
            <Foreign text={reason} most={300} />
          </li>
        ))}
      </ul>
      {alert.blind.length > 0 && (
        <p className="small">
          <span className="tag warn">not seen</span> <Foreign text={alert.blind.join('; ')} most={400} />
        </p>
      )}
      {troubles.length > 0 && (
        <p className="small dim">
          {troubles.map((one) => `${one.output}: ${one.state}${one.trouble ? ` (${one.trouble})` : ''}`).join(', ')}
        </p>
      )}
      <div className="row">
        {alert.posts.length > 0 && (
          <Button size="xs" variant="default" onClick={() => change({ evidence: evidenceOf(alert.posts) })}>
            {alert.posts.length === 1 ? 'Read the post' : `Read the ${count(alert.posts.length)} posts`}
          </Button>
        )}
        {alert.acknowledged === null ? (
          !readOnly && <Acknowledge number={alert.number} />
        ) : (
          <span className="dim small">
            Looked at {moment(alert.acknowledged, zone)}
            {alert.note !== null && (
              <>
                : <Foreign text={alert.note} most={300} />
              </>
            )}
          </span>
        )}
      </div>
    </article>
  );
}

function Acknowledge({ number }: { number: number }) {
  const [note, setNote] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const queries = useQueryClient();
  const send = () =>
    call('POST /api/alerts/acknowledge', { body: { alerts: [number], note } }).then(
      () => queries.invalidateQueries({ queryKey: ['alerts'] }),
      (error: Error) => setFault(error.message),
    );
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <TextInput
        size="xs"
        aria-label={`What came of alert ${number}`}
        placeholder="What came of it"
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        error={fault}
      />
      <Button size="xs" type="submit" aria-label={`Acknowledge alert ${number}`}>
        Looked at
      </Button>
    </form>
  );
}
