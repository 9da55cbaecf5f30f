import type { Command } from 'commander';
import { verifyPackage } from '../../case/verify.ts';
import { globals, print } from '../command-context.ts';
import { table } from '../table.ts';
import { safe } from '../terminal.ts';

export function registerVerify(program: Command): void {
  program
    .command('verify')
    .summary('check an evidence package and name every change')
    .description('Compares every file of an evidence package with its manifest. Exit code 1 where something changed.')
    .argument('<path>', 'folder or zip that export --as evidence wrote')
    .option('--root <hash>', 'the root that was written down when the package was made')
    .addHelpText('after', '\nExamples:\n  $ spillover verify evidence.zip --root 5f2c…')
    .action((path: string, flags: { root?: string }, self: Command) => {
      const options = globals(self);
      const check = verifyPackage(path, flags.root ?? null);
      print(options, { path, ...check }, () =>
        check.changes.length === 0
          ? `unchanged: ${check.files} files, root ${check.root}${flags.root === undefined ? '\nThe root was not compared with one that was written down elsewhere (--root).' : ''}`
          : `${check.changes.length} ${check.changes.length === 1 ? 'change' : 'changes'} in ${safe(path)}\n${table(
              ['file', 'what', 'detail'],
              check.changes.map((one) => [one.path, one.kind, one.detail]),
            )}`,
      );
      if (check.changes.length > 0) process.exitCode = 1;
    });
}
