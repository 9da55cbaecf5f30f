import { createTheme, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { queries } from '../api/query-client.ts';
import { LiveEvents } from './live-events.tsx';
import { Preferences } from './preferences.tsx';
import { router } from './router.tsx';

const theme = createTheme({
  fontFamily: 'var(--sans)',
  fontFamilyMonospace: 'var(--mono)',
  headings: { fontFamily: 'var(--serif)' },
  primaryColor: 'ink',
  primaryShade: { light: 8, dark: 2 },
  autoContrast: true,
  defaultRadius: 2,
  cursorType: 'pointer',
  respectReducedMotion: true,
  colors: {
    ink: ['#f4f2ed', '#e6e3db', '#d9d5ca', '#bcb7aa', '#98937f', '#757164', '#57544b', '#3d3b35', '#262522', '#141412'],
  },
});

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

/** The whole page: theme, reader's preferences, data, live events, views. */
export function Workbench() {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <QueryClientProvider client={queries}>
        <Preferences>
          <LiveEvents />
          <RouterProvider router={router} />
        </Preferences>
      </QueryClientProvider>
    </MantineProvider>
  );
}
