import type { Command } from 'commander';
import { openCase } from '../../case/case.ts';
import { clusterTexts } from '../../case/cluster-texts.ts';
import { globals, print } from '../command-context.ts';
import { terminalEffects } from '../terminal.ts';

export function registerCluster(program: Command): void {
  program
    .command('cluster')
    .summary('group near-duplicate texts of the whole case')
    .description(
      'Groups distinct texts whose character 5-grams overlap (MinHash, then the exact Jaccard coefficient). Small cases do it after every import.',
    )
    .addHelpText('after', '\nExamples:\n  $ spillover cluster\n  $ spillover cluster --json | jq .parameters')
    .action(async (_flags: object, command: Command) => {
      const options = globals(command);
      const effects = terminalEffects();
      const spilloverCase = await openCase(options.case, { mustExist: true, purpose: 'spillover cluster' });
      try {
        const summary = await clusterTexts(spilloverCase, effects);
        effects.finish();
        print(
          options,
          summary,
          () =>
            `${summary.clustered.toLocaleString('en')} of ${summary.texts.toLocaleString('en')} distinct texts lie in ${summary.clusters.toLocaleString('en')} clusters${summary.fresh ? ' (nothing had changed)' : `, found in ${summary.seconds.toFixed(1)} s`}`,
        );
      } finally {
        effects.finish();
        spilloverCase.close();
      }
    });
}
