import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';

/** What the reader chose for this browser: the zone in which times are shown. */
export interface ReaderPreferences {
  zone: 'utc' | 'local';
  setZone: (zone: 'utc' | 'local') => void;
}

const Context = createContext<ReaderPreferences>({ zone: 'utc', setZone: () => {} });
const key = 'spillover-zone';

export function Preferences({ children }: { children: ReactNode }) {
  const [zone, setStored] = useState<'utc' | 'local'>(() => (localStorage.getItem(key) === 'local' ? 'local' : 'utc'));
  const value = useMemo<ReaderPreferences>(
    () => ({
      zone,
      setZone: (next) => {
        localStorage.setItem(key, next);
        setStored(next);
      },
    }),
    [zone],
  );
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export const usePreferences = () => useContext(Context);
