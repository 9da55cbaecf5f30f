import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UserError } from '../base/errors.ts';
import { atomOutput } from '../outputs/atom.ts';
import { emailOutput } from '../outputs/email.ts';
import type { Output } from '../outputs/output.ts';
import { terminalOutput } from '../outputs/terminal.ts';
import { type WebhookWorld, webhookOutput } from '../outputs/webhook.ts';
import { version } from '../version.ts';
import { readSecret } from './credentials.ts';
import { replaceFile } from './durable-file.ts';
import type { WatchFile } from './watch-file-schema.ts';
import type { Path } from './yaml-source.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type GivenOutput = NonNullable<WatchFile['outputs']>[number];

/** An output of a watch file, with defaults filled in and paths made whole; secrets by name only. */
export interface WatchOutput {
  name: string;
  type: GivenOutput['type'];
  /** Whether quiet hours hold its alerts. */
  heedsQuiet: boolean;
  /** Where alerts go, in words and without secrets. */
  target: string;
  given: GivenOutput;
}

export interface OutputSurroundings {
  /** Directory of the watch file. */
  folder: string;
  credentialsFile: string | null;
  environment: Environment;
  fault: (path: Path, says: string) => void;
}

const usualPorts = { tls: 465, starttls: 587, none: 25 } as const;
const isThisMachine = (host: string) => /^(localhost|127(\.\d+){3}|\[?::1\]?)$/i.test(host);

/** Checks the outputs of a file; every mistake goes to `fault`. */
export function planOutputs(given: readonly GivenOutput[], around: OutputSurroundings): WatchOutput[] {
  const planned: WatchOutput[] = [];
  for (const [at, one] of given.entries()) {
    if (one.on === false) continue;
    const path = ['outputs', at];
    const name = one.name ?? one.type;
    if (planned.some((other) => other.name === name))
      around.fault(path, `is the second output named ${name}: give one of them a name: of its own`);
    checkOutput(one, path, around);
    planned.push({
      name,
      type: one.type,
      heedsQuiet: one.quiet ?? (one.type === 'webhook' || one.type === 'email'),
      target: targetOf(one, around),
      given: withWholePaths(one, around.folder),
    });
  }
  return planned;
}

function withWholePaths(one: GivenOutput, folder: string): GivenOutput {
  if (one.type === 'atom') return { ...one, file: resolve(folder, one.file) };
  if (one.type === 'email' && one.caFile !== undefined) return { ...one, caFile: resolve(folder, one.caFile) };
  return one;
}

function checkOutput(one: GivenOutput, path: Path, around: OutputSurroundings): void {
  const { fault } = around;
  const needs = (key: string, variable: string | undefined) => {
    if (variable === undefined) return null;
    const value = secretOf(variable, around);
    if (value === null)
      fault(
        [...path, key],
        `names ${variable}, which is not set: set it in the environment, or in the file that credentials: names`,
      );
    return value;
  };
  if (one.type === 'webhook') {
    if ((one.url === undefined) === (one.urlFrom === undefined))
      fault(path, 'needs either url or urlFrom (an environment variable that holds the address)');
    const key = one.url === undefined ? 'urlFrom' : 'url';
    const url = one.url ?? needs('urlFrom', one.urlFrom);
    const secret = needs('secretFrom', one.secretFrom);
    if (secret !== null && secret.length < 16)
      fault(
        [...path, 'secretFrom'],
        'names a secret of less than 16 characters: openssl rand -hex 32 makes a good one',
      );
    if (url !== null && url !== undefined) checkAddress(url, [...path, key], fault);
  } else if (one.type === 'email') {
    needs('passwordFrom', one.passwordFrom);
    if ((one.user === undefined) !== (one.passwordFrom === undefined))
      fault(path, 'needs user and passwordFrom together, or neither');
    if (one.security === 'none' && !isThisMachine(one.host))
      fault([...path, 'security'], 'none would send mail and password readable for all: use starttls or tls');
    if (one.caFile !== undefined) checkAuthority(resolve(around.folder, one.caFile), [...path, 'caFile'], around.fault);
  } else if (one.type === 'atom' && !existsSync(dirname(resolve(around.folder, one.file)))) {
    fault([...path, 'file'], `lies in ${dirname(resolve(around.folder, one.file))}, which does not exist`);
  }
}

function checkAuthority(file: string, path: Path, fault: OutputSurroundings['fault']): void {
  try {
    new X509Certificate(readFileSync(file));
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    fault(path, `names ${file}, which ${code === 'ENOENT' ? 'does not exist' : `holds no certificate (${message})`}`);
  }
}

function checkAddress(text: string, path: Path, fault: OutputSurroundings['fault']): void {
  if (!URL.canParse(text)) {
    fault(path, 'is no whole address such as https://example.org/hook');
    return;
  }
  const { protocol, hostname, username } = new URL(text);
  if (protocol !== 'https:' && !(protocol === 'http:' && isThisMachine(hostname)))
    fault(path, 'must begin with https:// (http only to this machine)');
  if (username !== '') fault(path, 'holds a user name: secrets do not belong in this file');
}

function targetOf(one: GivenOutput, { folder }: OutputSurroundings): string {
  switch (one.type) {
    case 'terminal':
      return 'standard output';
    case 'webhook':
      return one.url !== undefined && URL.canParse(one.url) ? new URL(one.url).host : `the address in ${one.urlFrom}`;
    case 'email':
      return `${one.to.join(', ')} by ${one.host}`;
    case 'atom':
      return resolve(folder, one.file);
  }
}

const secretOf = (
  variable: string,
  { credentialsFile, environment }: Pick<OutputSurroundings, 'credentialsFile' | 'environment'>,
): string | null => {
  try {
    return readSecret(variable, credentialsFile, environment);
  } catch (error) {
    // The file itself is a mistake of its own place.
    if (error instanceof UserError) return null;
    throw error;
  }
};

export interface OutputWorld extends WebhookWorld {
  /** Takes the text of the terminal output. */
  print: (text: string) => void;
}

/** The working output of a plan; secrets come from the environment or the credentials file now. */
export function makeOutput(
  { name, given }: WatchOutput,
  settings: {
    caseName: string;
    caseId: string;
    credentialsFile: string | null;
    environment: Environment;
    userAgent: string;
  },
  world: OutputWorld,
): Output {
  const secret = (variable: string | undefined) => (variable === undefined ? null : secretOf(variable, settings));
  switch (given.type) {
    case 'terminal':
      return terminalOutput(name, world.print);
    case 'webhook':
      return webhookOutput(
        {
          name,
          url: given.url ?? secret(given.urlFrom)!,
          secret: secret(given.secretFrom)!,
          userAgent: settings.userAgent,
        },
        world,
      );
    case 'email': {
      const security = given.security ?? 'starttls';
      return emailOutput({
        name,
        host: given.host,
        port: given.port ?? usualPorts[security],
        security,
        user: given.user ?? null,
        password: secret(given.passwordFrom),
        authority: given.caFile === undefined ? null : readFileSync(given.caFile, 'utf8'),
        from: given.from,
        to: given.to,
      });
    }
    case 'atom':
      return atomOutput(
        {
          name,
          file: given.file,
          url: given.url ?? null,
          title: given.title ?? `Spillover: ${settings.caseName}`,
          feedId: `${settings.caseId}|${name}`,
          entries: given.entries ?? 100,
          generator: { name: 'Spillover', version },
        },
        replaceFile,
      );
  }
}
