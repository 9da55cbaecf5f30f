/** Hosts (without `www.`) whose paths hold a capture time and the address that was captured. */
export const archiveMirrors: ReadonlySet<string> = new Set(
  `web.archive.org archive.org wayback.archive.org web-beta.archive.org wayback.archive-it.org timetravel.mementoweb.org
  arquivo.pt webarchive.org.uk webarchive.nationalarchives.gov.uk webarchive.loc.gov swap.stanford.edu vefsafn.is
  conifer.rhizome.org megalodon.jp`.split(/\s+/),
);

/** The name by which pages of archive.today are known here. */
export const archiveToday = 'archive.is';

/** Names of the one service that calls itself archive.today: a page has the same short name on all of them. */
export const archiveTodayHosts: ReadonlySet<string> = new Set(
  'archive.is archive.today archive.ph archive.li archive.vn archive.md archive.fo archive.ec'.split(' '),
);
