import type { Command } from 'commander';
import { UserError } from '../../base/errors.ts';
import { plantCampaign } from '../../plant/plant-campaign.ts';
import { type PlantOptions, plantOptions } from '../../plant/plant-options.ts';
import { globals, print } from '../command-context.ts';
import { terminalEffects } from '../terminal.ts';

const flagOf = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export function registerPlant(program: Command): void {
  const command = program
    .command('plant')
    .summary('write files of an invented campaign, with the truth about it')
    .description(
      'Writes native-format files (X, 4chan, Telegram, Bluesky, news feeds) of an invented, harmless campaign amid ordinary posts, with context.json, story.txt and truth.json.',
    )
    .requiredOption('--out <dir>', 'directory to write');
  for (const option of plantOptions) {
    if (typeof option.default === 'boolean')
      command.option(option.default ? `--no-${flagOf(option.name)}` : `--${flagOf(option.name)}`, option.help);
    else
      command.option(`--${flagOf(option.name)} <value>`, `${option.help} (${option.unit}, default ${option.default})`);
  }
  command
    .addHelpText(
      'after',
      '\nExamples:\n  $ spillover plant --seed 7 --out planted\n  $ spillover plant --seed 7 --thinning 0.2 --missing-platform 4chan --out degraded',
    )
    .action(async (flags: Record<string, string | boolean | undefined>, self: Command) => {
      const given: Record<string, unknown> = {};
      for (const { name, default: usual } of plantOptions) {
        const value = flags[name];
        if (value === undefined) continue;
        given[name] = typeof usual === 'number' ? Number(value) : value;
        if (typeof usual === 'number' && !Number.isFinite(given[name]))
          throw new UserError(`--${flagOf(name)} takes a number, not "${value}".`);
      }
      const effects = terminalEffects();
      try {
        const summary = await plantCampaign(given as Partial<PlantOptions> as PlantOptions, String(flags.out), {
          ...(effects.signal ? { signal: effects.signal } : {}),
          onProgress: (done, total) => effects.onProgress({ step: 'planting', done, total, unit: 'records' }),
        });
        effects.finish();
        print(globals(self), summary, () => `written to ${flags.out}: ${JSON.stringify(summary)}`);
      } finally {
        effects.finish();
      }
    });
}
