import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { UserError } from '../base/errors.ts';
import { diskTrouble } from './disk-trouble.ts';

interface Holder {
  pid: number;
  host: string;
  /** Start of the process in ticks since boot; null where the system does not tell. Tells a reused number apart. */
  ticks: string | null;
}

/** Takes a thing that one process at a time may run; returns how to give it back. @throws UserError where another process runs it. */
export function lockRunning(path: string, what: string, advice: string): () => void {
  const own: Holder = { pid: process.pid, host: hostname(), ticks: startOf(process.pid) };
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(path, JSON.stringify(own), { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 2) throw diskTrouble(error, path);
    }
    const holder = readHolder(path);
    if (holder && isRunning(holder)) {
      throw new UserError(
        `The ${what} is already running (process ${holder.pid} on ${holder.host}).`,
        `${advice} If no such process runs, delete ${path}.`,
      );
    }
    rmSync(path, { force: true });
  }
}

/** The process that runs the thing now; null where none does. */
export function runningProcess(path: string): { pid: number; host: string } | null {
  const holder = readHolder(path);
  return holder && isRunning(holder) ? { pid: holder.pid, host: holder.host } : null;
}

function readHolder(path: string): Holder | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** A process on another machine cannot be looked at: it counts as running. */
function isRunning({ pid, host, ticks }: Holder): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return ticks === null || startOf(pid) === ticks;
}

function startOf(pid: number): string | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}
