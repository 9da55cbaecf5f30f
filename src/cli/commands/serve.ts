import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { UserError } from '../../base/errors.ts';
import { openCase } from '../../case/case.ts';
import { serveCase } from '../../server/serve.ts';
import { globals, wholeNumber } from '../command-context.ts';

export function registerServe(program: Command): void {
  program
    .command('serve')
    .summary('open the workbench in the browser')
    .description(
      'Serves the case as a web page on this machine only (127.0.0.1). The address that is printed holds the key of this start; without it nothing answers. Ctrl-C ends it; a job that runs is stopped and leaves the case as it was before.',
    )
    .option('--port <n>', 'port; 0 takes any free one', '4860')
    .option('--read-only', 'show the case without changing anything', false)
    .option(
      '--mask',
      'put pseudonyms for accounts that are no public figures everywhere; nothing can be changed then',
      false,
    )
    .option('--open', 'also open the address in the browser', false)
    .addHelpText(
      'after',
      '\nExamples:\n  $ spillover serve --case my-case --open\n  $ spillover serve --case shared-case --read-only --port 0',
    )
    .action(async (flags: { port: string; readOnly: boolean; mask: boolean; open: boolean }, self: Command) => {
      const options = globals(self);
      const port = wholeNumber('--port', flags.port);
      if (port > 65535) throw new UserError(`--port takes a number up to 65535, not ${port}.`);
      const spilloverCase = await openCase(options.case, { readOnly: flags.readOnly, purpose: 'spillover serve' });
      try {
        const served = await serveCase(spilloverCase, {
          port,
          webFolder: webFolder(),
          isMasked: flags.mask,
          onBug: (error) =>
            process.stderr.write(`bug: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`),
        });
        process.stdout.write(
          options.json
            ? `${JSON.stringify({ url: served.url, port: served.port, case: options.case, readOnly: flags.readOnly, masked: flags.mask })}\n`
            : `The workbench is open at ${served.url}\n(this machine only${flags.readOnly ? ', read-only' : ''}${flags.mask ? ', names masked' : ''}; Ctrl-C ends it)\n`,
        );
        if (flags.open) openBrowser(served.url);
        await stopSignal();
        await served.close();
      } finally {
        spilloverCase.close();
      }
    });
}

/** The built workbench beside the bundle, or in dist/ of a clone that runs from source. */
function webFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const beside = join(here, 'web');
  return existsSync(beside) || !here.endsWith('commands') ? beside : join(here, '..', '..', '..', 'dist', 'web');
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

function openBrowser(url: string): void {
  const command = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open';
  const child = spawn(command, [url], { detached: true, stdio: 'ignore' });
  child.on('error', () =>
    process.stderr.write(`no browser could be opened (${command} is missing): open the address yourself\n`),
  );
  child.unref();
}
