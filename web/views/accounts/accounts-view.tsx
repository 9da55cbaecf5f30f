import { Button, Checkbox, SegmentedControl, Select, TextInput } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Role, RoleEntry, TraceResult } from '../../../src/analyses/trace/trace-result.ts';
import { endpointAddress } from '../../api/call.ts';
import { useStory } from '../../app/use-story.ts';
import { useViewState } from '../../app/use-view-state.ts';
import { brushOf } from '../../app/view-state.ts';
import { accountName } from '../../format/account-name.ts';
import { count } from '../../format/reader-locale.ts';
import { type DataColumn, DataTable } from '../../parts/data-table.tsx';
import { IntervalBar } from '../../parts/interval-bar.tsx';
import { Foreign } from '../../parts/post-text.tsx';
import { Traced } from '../../parts/traced.tsx';
import { AbsentPlayers } from './absent-players.tsx';
import { evidenceText, evidenceTitles } from './evidence-columns.ts';
import { roleHelp, roles } from './role-words.ts';

export function AccountsView() {
  const story = useStory()!;
  return <Traced story={story}>{(result) => <RolesTable story={story} result={result} />}</Traced>;
}

function RolesTable({ story, result }: { story: string; result: TraceResult }) {
  const [state, change] = useViewState();
  const navigate = useNavigate();
  const brush = brushOf(state);
  const times = useMemo(() => new Map(result.cited.map((post) => [post.post, Date.parse(post.time)])), [result]);
  const shownRole = roles.includes(state.role as Role) ? (state.role as Role) : null;
  const sureOnly = state.kind !== 'all';
  const inWindow = useMemo(
    () =>
      brush === null
        ? result.roles
        : result.roles.filter((one) =>
            one.posts.some((post) => {
              const time = times.get(post);
              return time !== undefined && time >= brush.from && time <= brush.to;
            }),
          ),
    [result, times, state.from, state.to],
  );
  const rows = useMemo(
    () =>
      inWindow.filter(
        (one) =>
          (shownRole === null || one.role === shownRole) &&
          (!sureOnly || one.significant) &&
          (!state.platform || one.platform === state.platform),
      ),
    [inWindow, shownRole, sureOnly, state.platform],
  );
  const columns = useMemo(() => roleColumns(result, shownRole), [result, shownRole]);
  const counts = (role: Role | null) =>
    inWindow.filter((one) => (role === null || one.role === role) && (!sureOnly || one.significant)).length;
  const platforms = [...new Set(result.roles.map((one) => one.platform))];
  const sort = state.sort ?? '-score';
  return (
    <div className="page">
      <header className="page-head">
        <h1>Who did what</h1>
        <p className="lead">
          {shownRole
            ? roleHelp[shownRole]
            : 'Every account with a role in the story. A role is what an account did in these posts, with a score and its interval; it is no verdict on who is behind it.'}
        </p>
      </header>
      <div className="filters">
        <SegmentedControl
          size="xs"
          aria-label="Role"
          value={shownRole ?? 'all'}
          onChange={(value) => change({ role: value === 'all' ? null : value }, true)}
          data={[
            { value: 'all', label: `All ${count(counts(null))}` },
            ...roles
              .filter((role) => result.roles.some((one) => one.role === role))
              .map((role) => ({ value: role, label: `${role} ${count(counts(role))}` })),
          ]}
        />
        <TextInput
          size="xs"
          data-search
          aria-label="Search accounts"
          placeholder="Search a handle or id  ( / )"
          value={state.q ?? ''}
          onChange={(event) => change({ q: event.currentTarget.value }, true)}
          w={220}
        />
        <Select
          size="xs"
          aria-label="Platform"
          placeholder="All platforms"
          clearable
          data={platforms}
          value={state.platform ?? null}
          onChange={(value) => change({ platform: value }, true)}
          w={140}
        />
        <Checkbox
          size="xs"
          label="Only what chance would not give"
          checked={sureOnly}
          onChange={(event) => change({ kind: event.currentTarget.checked ? null : 'all' }, true)}
        />
      </div>
      {brush && <p className="dim small">Only accounts with evidence inside the selected window.</p>}
      <DataTable<RoleEntry>
        label="Roles of accounts"
        rows={rows}
        columns={columns}
        rowKey={(row) => `${row.role}:${row.account}`}
        sort={sort}
        onSort={(next) => change({ sort: next }, true)}
        toggled={state.hide ?? ''}
        onToggled={(hide) => change({ hide }, true)}
        search={state.q ?? ''}
        onOpen={(row) => change({ evidence: `role:${row.role}:${row.account}` })}
        tools={
          <Button
            size="xs"
            variant="default"
            component="a"
            href={endpointAddress('GET /api/stories/{story}/roles.csv', {
              params: { story },
              query: {
                role: shownRole ?? undefined,
                platform: state.platform,
                q: state.q,
                significant: sureOnly ? 'true' : undefined,
              },
            })}
            download={`${story}-roles.csv`}
          >
            CSV
          </Button>
        }
      />
      <Groups
        result={result}
        onOpen={(group) => change({ evidence: `group:${group}` })}
        onShow={() =>
          navigate({ to: '/story/$story/network', params: { story }, search: { colour: 'group' } } as never)
        }
      />
      <AbsentPlayers result={result} />
    </div>
  );
}

function roleColumns(result: TraceResult, role: Role | null): DataColumn<RoleEntry>[] {
  const names = [
    ...new Set(
      result.roles.filter((one) => role === null || one.role === role).flatMap((one) => Object.keys(one.evidence)),
    ),
  ];
  const top = Math.max(1, ...result.roles.map((one) => one.high));
  const columns: DataColumn<RoleEntry>[] = [
    {
      id: 'account',
      title: 'Account',
      value: (row) => `${accountName(row.account, { handle: row.handle, name: null })} ${row.account}`,
      show: (row) => (
        <Link
          to={'/story/$story/account/$' as never}
          params={{ story: result.story, _splat: row.account } as never}
          search={true as never}
          onClick={(event) => event.stopPropagation()}
        >
          <Foreign text={accountName(row.account, { handle: row.handle, name: null })} most={36} />
        </Link>
      ),
    },
    { id: 'platform', title: 'Platform', value: (row) => row.platform },
    {
      id: 'role',
      title: 'Role',
      value: (row) => row.role,
      show: (row) => (
        <>
          <span className={`dot ${row.role}`} />
          {row.role}
        </>
      ),
    },
    {
      id: 'score',
      title: 'Score, interval',
      numeric: true,
      value: (row) => row.score,
      show: (row) => <IntervalBar score={row.score} low={row.low} high={row.high} top={top} />,
    },
    {
      id: 'p',
      title: 'By chance',
      numeric: true,
      help: 'How often chance alone gives a score this high (p value)',
      value: (row) => row.pValue ?? null,
      show: (row) => (row.pValue === undefined ? '' : row.pValue < 0.001 ? '< 0.001' : row.pValue.toFixed(3)),
    },
    {
      id: 'posts',
      title: 'Evidence',
      numeric: true,
      value: (row) => row.posts.length,
      show: (row) => `${count(row.posts.length)} ${row.posts.length === 1 ? 'post' : 'posts'}`,
    },
  ];
  for (const name of names) {
    columns.push({
      id: `e.${name}`,
      title: evidenceTitles[name] ?? name,
      numeric: result.roles.some((one) => typeof one.evidence[name] === 'number'),
      hidden: role === null || Object.keys(evidenceTitles).includes(name) === false,
      value: (row) => row.evidence[name] ?? null,
      show: (row) => <Foreign text={evidenceText(row.evidence[name] ?? null)} most={40} />,
    });
  }
  return columns;
}

function Groups({
  result,
  onOpen,
  onShow,
}: {
  result: TraceResult;
  onOpen: (group: string) => void;
  onShow: () => void;
}) {
  if (result.groups.length === 0) return null;
  return (
    <section className="panel section">
      <h2>Groups that acted together</h2>
      <p className="dim small">
        Accounts whose shares coincide more often than chance allows.{' '}
        <button type="button" className="link" onClick={onShow}>
          See them in the network
        </button>
      </p>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">Group</th>
            <th scope="col" className="n">
              Accounts
            </th>
            <th scope="col" className="n">
              Share of the story's posts
            </th>
            <th scope="col" className="n">
              By chance
            </th>
            <th scope="col">Evidence</th>
          </tr>
        </thead>
        <tbody>
          {result.groups.map((group) => (
            <tr key={group.id}>
              <th scope="row">{group.id}</th>
              <td className="n">{count(group.accounts.length)}</td>
              <td className="n">{(group.shareOfPosts * 100).toFixed(1)} %</td>
              <td className="n">{group.pValue < 0.001 ? '< 0.001' : group.pValue.toFixed(3)}</td>
              <td>
                <button type="button" className="link" onClick={() => onOpen(group.id)}>
                  {count(group.posts.length)} posts
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
