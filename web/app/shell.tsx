import { ActionIcon, Select, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { sessionQuery, storiesQuery } from '../api/queries.ts';
import { EvidenceDrawer } from '../evidence/evidence-drawer.tsx';
import { JobTray } from '../jobs/job-tray.tsx';
import { Tour } from '../tour/tour.tsx';
import { KeyboardHelp } from './keyboard-help.tsx';
import { MaskButton } from './mask-button.tsx';
import { usePreferences } from './preferences.tsx';
import { useShortcuts } from './use-shortcuts.ts';
import { useStory } from './use-story.ts';
import { Wordmark } from './wordmark.tsx';

const storyTabs = [
  ['', 'Spread map'],
  ['accounts', 'Accounts'],
  ['network', 'Network'],
  ['bridges', 'Bridges'],
  ['timeline', 'Timeline'],
  ['statistics', 'Statistics'],
  ['report', 'Report'],
] as const;

/** Everything around the views: masthead, sections, evidence, jobs. */
export function Shell() {
  const story = useStory();
  const [help, setHelp] = useState(false);
  useShortcuts(story, () => setHelp(true));
  const path = useRouterState({ select: (state) => state.location.pathname });
  const main = useRef<HTMLElement>(null);
  const before = useRef(path);
  useEffect(() => {
    document.title = `${titleOf(path)}${story ? ` · ${story}` : ''} · Spillover`;
    if (before.current !== path) main.current?.focus({ preventScroll: true });
    before.current = path;
  }, [path, story]);
  return (
    <div className="shell">
      <a className="skip" href="#main">
        Skip to the view
      </a>
      <Masthead onHelp={() => setHelp(true)} />
      <div className="desk">
        <main id="main" ref={main} tabIndex={-1} style={{ flex: 1, minWidth: 0, outline: 'none' }}>
          <Outlet />
        </main>
      </div>
      <EvidenceDrawer />
      <JobTray />
      <Tour />
      <KeyboardHelp opened={help} onClose={() => setHelp(false)} />
    </div>
  );
}

function Masthead({ onHelp }: { onHelp: () => void }) {
  const story = useStory();
  const session = useQuery(sessionQuery);
  const stories = useQuery(storiesQuery);
  const navigate = useNavigate();
  const { zone, setZone } = usePreferences();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const tabs = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (router) => router.location.pathname });
  useEffect(() => {
    const current = tabs.current?.querySelector<HTMLElement>('[aria-current="page"]');
    if (current && tabs.current)
      tabs.current.scrollLeft = current.offsetLeft - (tabs.current.clientWidth - current.offsetWidth) / 2;
  }, [path, stories.data]);
  const names = stories.data?.stories.map((one) => one.name) ?? [];
  const shownStory = story ?? (names.length === 1 ? names[0]! : null);
  return (
    <header className="masthead">
      <div className="masthead-row">
        <Link to="/" className="wordmark" aria-label="Spillover, start">
          <Wordmark />
          Spillover
        </Link>
        {session.data && (
          <span className="masthead-case" title={session.data.directory}>
            Case <b>{session.data.name}</b>
            {session.data.readOnly && session.data.masked === 'no' && ' · read-only'}
          </span>
        )}
        <div className="masthead-tools">
          {names.length > 1 && (
            <Select
              aria-label="Story"
              size="xs"
              className="story-choice"
              data={names}
              value={story}
              placeholder="Choose a story"
              onChange={(name) => name && navigate({ to: '/story/$story', params: { story: name } } as never)}
              comboboxProps={{ withinPortal: true }}
            />
          )}
          <button
            type="button"
            className="plain tool"
            onClick={() => setZone(zone === 'utc' ? 'local' : 'utc')}
            title="Show times in UTC or in the time of this machine"
          >
            {zone === 'utc' ? 'UTC' : 'Local'}
            <span className="sr-only"> time; switch to {zone === 'utc' ? 'local time' : 'UTC'}</span>
          </button>
          {session.data && <MaskButton masked={session.data.masked} />}
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={scheme === 'dark' ? 'Use the light theme' : 'Use the dark theme'}
            onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
          >
            <span aria-hidden="true">{scheme === 'dark' ? '☀' : '☾'}</span>
          </ActionIcon>
          <ActionIcon variant="subtle" color="gray" aria-label="Keys and help" onClick={onHelp}>
            <span aria-hidden="true">?</span>
          </ActionIcon>
        </div>
      </div>
      <nav ref={tabs} className="tabs" aria-label="Sections">
        <Tab to="/sources">Sources</Tab>
        <Tab to="/context">Context</Tab>
        <Tab to="/stories">Stories</Tab>
        <Tab to="/alerts">Alerts</Tab>
        {shownStory && (
          <>
            <span className="tab-rule" aria-hidden="true" />
            {storyTabs.map(([part, title]) => (
              <Tab key={title} to={`/story/$story${part ? `/${part}` : ''}`} story={shownStory} exact={part === ''}>
                {title}
              </Tab>
            ))}
          </>
        )}
        {names.length > 0 && (
          <>
            <span className="tab-rule" aria-hidden="true" />
            <Tab to="/compare">Compare</Tab>
          </>
        )}
      </nav>
    </header>
  );
}

function Tab({
  to,
  story,
  exact = false,
  children,
}: {
  to: string;
  story?: string;
  exact?: boolean;
  children: string;
}) {
  return (
    <Link
      to={to as never}
      {...((story ? { params: { story } } : {}) as object)}
      activeOptions={{ exact, includeSearch: false }}
      search={((old: Record<string, string>) => (old.from && story ? { from: old.from, to: old.to } : {})) as never}
    >
      {children}
    </Link>
  );
}

function titleOf(path: string): string {
  const part = path.split('/').filter((one) => one !== '');
  const last = part[0] === 'story' ? (part[2] ?? 'spread map') : (part[0] ?? 'start');
  return last.charAt(0).toUpperCase() + last.slice(1);
}
