import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** How long one block may take. */
export const secondsPerBlock = 170;

/** A fenced block of a page that can be run, and what its output should be. */
export interface GuideBlock {
  language: 'ts' | 'sh';
  code: string;
  /** Line of the opening fence, from 1. */
  line: number;
  /** Content of the next fenced block where that is ```text, else null. */
  expected: string | null;
}

export interface BlockOutput {
  stdout: string;
  stderr: string;
  exitCode: number | null;
}

/** The runnable blocks of a Markdown page in order; blocks marked ```sh no-run are left out. Error for a fence that is never closed or a mark that is not known. */
export function guideBlocks(markdown: string): GuideBlock[] {
  const blocks: GuideBlock[] = [];
  const lines = markdown.split('\n');
  let previous: GuideBlock | null = null;
  for (let at = 0; at < lines.length; at++) {
    const fence = /^(`{3,})\s*(.*?)\s*$/.exec(lines[at]!);
    if (!fence) continue;
    const [, ticks, info] = fence as unknown as [string, string, string];
    const end = lines.findIndex((line, index) => index > at && line.trimEnd() === ticks);
    if (end < 0) throw new Error(`line ${at + 1}: the block is never closed`);
    const content = lines.slice(at + 1, end).join('\n');
    if (info === 'text' && previous) previous.expected = content;
    previous = null;
    if (info === 'ts' || info === 'sh') {
      previous = { language: info, code: content, line: at + 1, expected: null };
      blocks.push(previous);
    } else if (/^(ts|sh)\b/.test(info) && info !== 'sh no-run') {
      throw new Error(`line ${at + 1}: a block is marked "${info}"; ts, sh and "sh no-run" are known`);
    }
    at = end;
  }
  return blocks;
}

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * Whether output is as a ```text block says. `…` stands for anything within a line, a line of only `…` for any number of
 * lines; runs of blanks count as one, and blanks and empty lines at the ends do not count.
 */
export function matchesOutput(expected: string, output: string): boolean {
  const tidy = (text: string) =>
    text
      .split('\n')
      .map((line) => line.replace(/\s+/g, ' ').trim())
      .join('\n')
      .trim();
  const pattern = tidy(expected)
    .split('\n')
    .map((line) => (line === '…' ? '(?:[^\n]*\n)*?' : `${line.split('…').map(literal).join('[^\n]*')}\n`))
    .join('');
  return new RegExp(`^${pattern}$`).test(`${tidy(output)}\n`);
}

/** A directory in which the blocks of one page run one after the other, as a reader would run them in a fresh clone. */
export interface GuideDirectory {
  path: string;
  run: (block: GuideBlock) => Promise<BlockOutput>;
  remove: () => void;
}

/** A directory that looks like a fresh clone without a build. */
function clone(): string {
  const path = mkdtempSync(join(tmpdir(), 'spillover-guide-'));
  for (const name of ['bin', 'scripts/build.mjs', 'package.json', 'tsconfig.json', 'docs/guide/data', 'web']) {
    cpSync(join(root, name), join(path, name), { recursive: true });
  }
  for (const name of ['src', 'node_modules']) symlinkSync(join(root, name), join(path, name));
  return path;
}

let built: string | null = null;

/**
 * Makes a directory that looks like a fresh clone in which `bin/spillover` has built itself from the sources at hand, so that an old `dist` of the
 * repository cannot hide a fault; it is built once and copied. Pages find `docs/guide/data` and `package.json`.
 */
export function openGuideDirectory(page: string): GuideDirectory {
  const path = clone();
  if (built === null) {
    const { status, stderr } = spawnSync(process.execPath, ['bin/spillover', '--version'], {
      cwd: path,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`The clone does not build itself: ${stderr}`);
    built = mkdtempSync(join(tmpdir(), 'spillover-built-'));
    cpSync(join(path, 'dist'), join(built, 'dist'), { recursive: true });
  } else cpSync(join(built, 'dist'), join(path, 'dist'), { recursive: true });
  const folder = join(path, dirname(relative(root, page)));
  mkdirSync(folder, { recursive: true });
  const { SPILLOVER_CASE: _, ...environment } = process.env;
  const env = { ...environment, NO_COLOR: '1', TZ: 'Asia/Kathmandu' };
  return {
    path,
    run: (block) => {
      if (block.language === 'sh') return output('bash', ['-euo', 'pipefail', '-c', block.code], { cwd: path, env });
      const file = join(folder, `block-${block.line}.ts`);
      writeFileSync(file, block.code);
      return output(process.execPath, ['--import', 'tsx', file], { cwd: path, env });
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** Deletes what was built for all pages. */
export function removeBuilt(): void {
  if (built !== null) rmSync(built, { recursive: true, force: true });
  built = null;
}

/** Runs a command in a process group of its own, which is killed as a whole when the time is over. */
function output(
  command: string,
  args: string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<BlockOutput> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    let stdout = '';
    let stderr = '';
    const timer = setTimeout(() => {
      stderr += `\nkilled after ${secondsPerBlock} s`;
      process.kill(-child.pid!, 'SIGKILL');
    }, secondsPerBlock * 1000);
    child.stdout.setEncoding('utf8').on('data', (part: string) => (stdout += part));
    child.stderr.setEncoding('utf8').on('data', (part: string) => (stderr += part));
    child.on('error', reject).on('close', (exitCode) => {
      clearTimeout(timer);
      resolve({ stdout, stderr, exitCode });
    });
  });
}

/** Absolute paths of the pages whose blocks are run: README.md, where it exists, and every page of docs/guide. */
export function guidePages(): string[] {
  const guides = readdirSync(join(root, 'docs/guide')).filter((name) => name.endsWith('.md'));
  return ['README.md', ...guides.sort().map((name) => join('docs/guide', name))]
    .map((name) => join(root, name))
    .filter((path) => existsSync(path));
}
