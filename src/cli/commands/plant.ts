import type { Command } from 'commander';
import { plantCampaign } from '../../plant/plant-campaign.ts';
import { globals, print } from '../command-context.ts';
import { addPlantFlags, givenPlantOptions } from '../plant-flags.ts';
import { terminalEffects } from '../terminal.ts';

export function registerPlant(program: Command): void {
  const command = program
    .command('plant')
    .summary('write files of an invented campaign, with the truth about it')
    .description(
      'Writes native-format files (X, 4chan, Telegram, Bluesky, news feeds) of an invented, harmless campaign amid ordinary posts, with context.json, story.txt and truth.json.',
    )
    .requiredOption('--out <dir>', 'directory to write');
  addPlantFlags(command);
  command
    .addHelpText(
      'after',
      '\nExamples:\n  $ spillover plant --seed 7 --out planted\n  $ spillover plant --seed 7 --thinning 0.2 --missing-platform 4chan --out degraded',
    )
    .action(async (flags: Record<string, string | boolean | undefined>, self: Command) => {
      const effects = terminalEffects();
      try {
        const summary = await plantCampaign(givenPlantOptions(flags), String(flags.out), {
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
