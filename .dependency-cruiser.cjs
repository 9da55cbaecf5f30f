const { readFileSync } = require('node:fs');

/** Which folder may import which (ARCHITECTURE.md); each rule says the way out. */
const layer = (name, from, allowed, wayOut) => ({
  name,
  severity: 'error',
  comment: wayOut,
  from: { path: `^src/${from}/`, pathNot: '\\.test\\.ts$' },
  to: { path: '^src/', pathNot: `^src/(${[from, ...allowed].join('|')})(/|\\.ts$)` },
});
const registered = [...readFileSync('src/importers/registry.ts', 'utf8').matchAll(/from '\.\/([a-z0-9-]+)\.ts'/g)]
  .map((match) => match[1])
  .filter((name) => name !== 'importer');

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Two modules import each other: move what both need into a third one below them.',
      from: {},
      to: { circular: true },
    },
    layer(
      'base-knows-nothing',
      'base',
      [],
      'base/ is arithmetic and containers only: if it needs posts, it belongs to domain/; if it needs files, to spool/.',
    ),
    layer(
      'domain-on-base',
      'domain',
      ['base'],
      'domain/ is the words of the field as pure functions: pass in what it needs, or move the code to case/.',
    ),
    layer(
      'spool-on-base',
      'spool',
      ['base'],
      'spool/ turns bytes into clean lines and knows nothing of posts: what a record means belongs to importers/.',
    ),
    layer(
      'store-on-domain',
      'store',
      ['domain', 'base'],
      'store/ talks to the database only: let case/ bring the parts together.',
    ),
    layer(
      'importers-on-domain',
      'importers',
      ['domain', 'base', 'spool'],
      'An importer is a declaration; its SQL runs in store/. Put shared rules of identity into domain/.',
    ),
    layer(
      'collectors-on-domain',
      'collectors',
      ['domain', 'base', 'version', 'spool/zstd-(frames|dictionary|entropy)'],
      'A collector yields raw records, a cursor and coverage; segments, imports and rules are joined in case/.',
    ),
    layer(
      'server-on-case',
      'server',
      [
        'case',
        'analyses/(analysis|registry)',
        'analyses/[a-z-]+/[a-z-]+-(options|result)',
        'importers/registry',
        'base',
        'domain',
        'version',
      ],
      'The server speaks to case/ only; add there what is missing.',
    ),
    layer(
      'plant-on-base',
      'plant',
      ['base', 'domain'],
      'plant/ writes files in native formats as an outsider would: it must not share code with what reads them.',
    ),
    layer(
      'analyses-read-only',
      'analyses',
      ['store', 'domain', 'base'],
      'An analysis reads through store/ and computes in a kernel; what combines analyses belongs to case/.',
    ),
    layer(
      'exports-on-results',
      'exports',
      ['analyses', 'domain', 'base'],
      'exports/ turn finished results into files: read the case in case/ and hand the result over.',
    ),
    layer(
      'reports-on-results',
      'reports',
      ['analyses', 'domain', 'base'],
      'reports/ turn finished results into a page: read the case in case/ and hand the result over.',
    ),
    layer(
      'outputs-on-domain',
      'outputs',
      ['domain', 'base'],
      'outputs/ carry a finished alert to a place: read the case and decide what goes out in case/.',
    ),
    layer(
      'case-below-faces',
      'case',
      [
        'analyses',
        'collectors',
        'exports',
        'outputs',
        'reports',
        'importers',
        'spool',
        'store',
        'domain',
        'base',
        'plant',
        'version',
      ],
      'case/ is the library: it must not know the command line or the server.',
    ),
    layer(
      'cli-on-case',
      'cli',
      [
        'case',
        'server',
        'importers',
        'collectors/registry',
        'plant',
        'base',
        'domain',
        'reports',
        'exports',
        'analyses/(analysis|registry)',
        'analyses/[a-z-]+/[a-z-]+-(options|result)',
        'version',
      ],
      'The command line speaks to case/; add there what is missing.',
    ),
    {
      name: 'web-on-types',
      severity: 'error',
      comment:
        'The workbench runs in a browser: it takes types of the API and of results (import type), and asks the server for everything else.',
      from: { path: '^web/' },
      to: { path: '^src/', pathNot: '^src/(server/api-types|analyses/([a-z-]+/[a-z-]+-result|analysis))\\.ts$' },
    },
    {
      name: 'web-types-only',
      severity: 'error',
      comment: 'Write import type: no code of the server may end up in the page.',
      from: { path: '^web/' },
      to: { path: '^src/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nobody-on-web',
      severity: 'error',
      comment: 'web/ is the browser side: what both sides need belongs to src/.',
      from: { path: '^src/' },
      to: { path: '^web/' },
    },
    {
      name: 'no-sideways-importers',
      severity: 'error',
      comment:
        'Importers do not import each other: share the SQL of a family in a file named for the family, such as x-tweet-sql.ts.',
      from: { path: '^src/importers/', pathNot: '(\\.test\\.ts|registry\\.ts)$' },
      to: { path: `^src/importers/(${registered.join('|')})\\.ts$` },
    },
    {
      name: 'kernels-are-pure',
      severity: 'error',
      comment:
        'A kernel takes and returns typed arrays and knows base/ and other kernels only: read the database in the file beside it and pass the columns.',
      from: { path: '^src/analyses/.*kernel\\.ts$' },
      to: { path: '^src/', pathNot: '^src/base/|kernel\\.ts$' },
    },
    {
      name: 'database-only-in-store',
      severity: 'error',
      comment: 'Only store/ (and spool/ for Parquet metadata) may use the driver: go through Database.',
      from: { path: '^src/', pathNot: '^src/(store|spool)/|\\.test\\.ts$' },
      to: { path: 'node_modules/@duckdb' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.mjs'] },
  },
};
