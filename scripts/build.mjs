import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundle } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Bundles the command line and the library into dist/ (packages stay outside) and the workbench into dist/web. */
export async function build() {
  await Promise.all([buildNode(), buildWeb()]);
}

/** CommonJS packages that are imported only when needed: a bundle would give them as a default export without names. */
const loadedLate = ['yaml', 'nodemailer'];

/** CommonJS packages in the bundle ask for Node's own modules by require. */
const requireShim =
  "import { createRequire as createBundleRequire } from 'node:module';\nconst require = createBundleRequire(import.meta.url);";

async function buildNode() {
  await bundle({
    absWorkingDir: root,
    entryPoints: { cli: 'src/cli/run.ts', index: 'src/index.ts', 'job-worker': 'src/case/job-worker.ts' },
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: ['@duckdb/node-bindings*', 'bufferutil', 'utf-8-validate', ...loadedLate],
    banner: { js: requireShim },
    sourcemap: 'linked',
    logLevel: 'warning',
  });
}

/** Everything that the page loads lies in dist/web/assets under names with hashes; index.html names the entry and has a place for the nonce. */
async function buildWeb() {
  const out = join(root, 'dist', 'web');
  rmSync(out, { recursive: true, force: true });
  const { metafile } = await bundle({
    absWorkingDir: root,
    entryPoints: { workbench: 'web/main.tsx' },
    outdir: 'dist/web/assets',
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    minify: true,
    metafile: true,
    entryNames: '[name]-[hash]',
    chunkNames: 'part-[hash]',
    assetNames: '[name]-[hash]',
    loader: { '.woff2': 'file', '.woff': 'file', '.ttf': 'file', '.eot': 'file', '.svg': 'file' },
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'warning',
  });
  const [script, { cssBundle }] = Object.entries(metafile.outputs).find(
    ([, output]) => output.entryPoint === 'web/main.tsx',
  );
  const address = (path) => path.replace('dist/web/', '/');
  const page = readFileSync(join(root, 'web', 'index.html'), 'utf8')
    .replace('__SCRIPT__', address(script))
    .replace('__STYLES__', cssBundle ? `<link rel="stylesheet" href="${address(cssBundle)}">` : '');
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'index.html'), page);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
