import { type Command, Option } from 'commander';
import { UserError } from '../../base/errors.ts';
import { openCase } from '../../case/case.ts';
import { defaultPublicFigures, type PublicFigures } from '../../case/case-mask.ts';
import { readEras } from '../../case/eras-file.ts';
import { exportStory } from '../../case/export.ts';
import { exportForms } from '../../case/export-forms.ts';
import { globals, print, wholeNumber } from '../command-context.ts';
import { table } from '../table.ts';
import { safe, terminalEffects } from '../terminal.ts';

interface Flags {
  as: string;
  out: string;
  mask?: boolean;
  public?: string;
  publicFollowers?: string;
  network?: 'reshare' | 'coordination';
  dynamic?: boolean;
  eras?: string;
  without?: string;
  actor?: string;
  actorReason?: string;
  actorConfidence?: string;
}

export function registerExport(program: Command): void {
  const forms = exportForms.map((form) => `  ${form.id.padEnd(12)}${form.what}`).join('\n');
  program
    .command('export')
    .summary('write a story in the form of another tool')
    .description('Writes what was found, with its evidence, in the forms that colleagues use.')
    .argument('[story]', 'name of the story; without it csv and parquet take the whole case')
    .requiredOption('--as <form>', exportForms.map((form) => form.id).join(', '))
    .requiredOption('--out <path>', 'file or folder to write')
    .option('--mask', 'replace the names of accounts that are no public figures by stable pseudonyms')
    .option('--public <accounts>', 'with --mask: further public figures, as platform/handle, with commas between')
    .option(
      '--public-followers <n>',
      `with --mask: followers that make a public figure (default ${defaultPublicFigures.followers})`,
    )
    .addOption(
      new Option('--network <network>', 'gexf, graphml, csv: who passed on from whom, or who acts together')
        .choices(['reshare', 'coordination'])
        .default('reshare'),
    )
    .option('--dynamic', 'gexf: with the times of the posts')
    .option('--eras <file>', 'timelinejs: JSON list of {name, from, to} in place of the eras of the context')
    .option('--without <techniques>', 'stix, misp: DISARM techniques to take out, such as T0117,T0119.002')
    .option('--actor <name>', 'stix, misp: who you say is behind it; nothing is said without this')
    .option('--actor-reason <text>', 'with --actor: why you say so')
    .option('--actor-confidence <n>', 'with --actor: 0 to 100 (default 30)')
    .addHelpText(
      'after',
      `\nForms:\n${forms}\n\nExamples:\n  $ spillover export macronleaks --as timelinejs --out timeline\n  $ spillover export macronleaks --as gexf --dynamic --mask --out macronleaks.gexf`,
    )
    .action(async (story: string | undefined, flags: Flags, self: Command) => {
      const options = globals(self);
      const effects = terminalEffects();
      const spilloverCase = await openCase(options.case, { mustExist: true, purpose: 'spillover export' });
      try {
        const report = await exportStory(
          spilloverCase,
          {
            story: story ?? null,
            as: flags.as,
            out: flags.out,
            mask: publicFigures(flags),
            network: flags.network ?? 'reshare',
            dynamic: flags.dynamic ?? false,
            without: listOf(flags.without),
            ...actorOf(flags),
            ...(flags.eras === undefined ? {} : { eras: readEras(flags.eras) }),
          },
          effects,
        );
        effects.finish();
        print(options, report, () =>
          [
            `${report.as} of ${report.story === null ? 'the whole case' : safe(report.story)}: ${safe(report.out)}${report.masked ? ' (masked)' : ''}`,
            table(
              ['file', 'rows'],
              report.files.slice(0, 30).map((one) => [one.file, one.rows]),
            ),
          ].join('\n'),
        );
      } finally {
        effects.finish();
        spilloverCase.close();
      }
    });
}

function publicFigures(flags: Flags): PublicFigures | null {
  if (!flags.mask) {
    if (flags.public !== undefined || flags.publicFollowers !== undefined)
      throw new UserError(
        '--public and --public-followers say whom a mask leaves open.',
        'Add --mask, or leave them out.',
      );
    return null;
  }
  return {
    followers:
      flags.publicFollowers === undefined
        ? defaultPublicFigures.followers
        : wholeNumber('--public-followers', flags.publicFollowers),
    accounts: listOf(flags.public),
  };
}

function listOf(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

function actorOf(flags: Flags): { actor?: { name: string; reason: string; confidence: number } } {
  if (flags.actor === undefined) {
    if (flags.actorReason !== undefined || flags.actorConfidence !== undefined)
      throw new UserError('--actor-reason and --actor-confidence belong to an actor.', 'Name it with --actor NAME.');
    return {};
  }
  if (flags.actor.trim() === '') throw new UserError('--actor needs a name.');
  if (flags.actorReason === undefined || flags.actorReason.trim() === '')
    throw new UserError('--actor needs a reason.', 'Say why you name this actor with --actor-reason TEXT.');
  const confidence = wholeNumber('--actor-confidence', flags.actorConfidence ?? '30');
  if (confidence > 100) throw new UserError('--actor-confidence lies between 0 and 100.');
  return { actor: { name: flags.actor, reason: flags.actorReason, confidence } };
}
