import type { Command } from 'commander';
import { UserError } from '../../base/errors.ts';
import { alertContents } from '../../case/alert-contents.ts';
import { type Alert, acknowledgeAlerts, getAlert, listAlerts } from '../../case/alerts.ts';
import type { Case } from '../../case/case.ts';
import { openCasePatiently } from '../../case/open-case-patiently.ts';
import { ruleCatalogue } from '../../case/watch-rules.ts';
import { globals, print, wholeNumber } from '../command-context.ts';
import { table } from '../table.ts';
import { safe } from '../terminal.ts';

const examples = `
Examples:
  $ spillover alerts
  $ spillover alerts list --open --story ferry
  $ spillover alerts show 7
  $ spillover alerts acknowledge 7 8 --note 'looked at, a parody account'`;

interface ListFlags {
  open?: boolean;
  story?: string;
  rule?: string;
  limit?: string;
}

export function registerAlerts(program: Command): void {
  const alerts = program
    .command('alerts')
    .summary('list, show and acknowledge what the watch noticed')
    .description(
      'What the rules of the watch noticed in this case, the newest first, with where each alert was delivered. Times are UTC.',
    )
    .addHelpText('after', examples);
  alerts
    .command('list', { isDefault: true })
    .summary('list the alerts')
    .option('--open', 'only those that nobody acknowledged')
    .option('--story <name>', 'only those of a story')
    .option('--rule <id>', 'only those of a rule')
    .option('--limit <n>', 'at most so many (default 50)')
    .action(async (flags: ListFlags, command: Command) => {
      const { rule } = flags;
      const rules = [...ruleCatalogue.map(({ id }) => id as string), 'blind'];
      if (rule !== undefined && !rules.includes(rule))
        throw new UserError(`There is no rule "${rule}".`, `There are: ${rules.join(', ')}.`);
      await withPatientCase(command, true, async (spilloverCase, options) => {
        const limit = flags.limit === undefined ? 50 : wholeNumber('--limit', flags.limit);
        const found = await listAlerts(spilloverCase, {
          open: flags.open ?? false,
          limit,
          ...(flags.story === undefined ? {} : { story: flags.story }),
          ...(rule === undefined ? {} : { rule }),
        });
        print(options, found, () =>
          found.length === 0
            ? 'No alerts.'
            : safe(
                table(
                  ['alert', 'noticed (UTC)', 'happened (UTC)', 'rule', 'story', 'what', 'delivered', 'acknowledged'],
                  found.map((one) => [
                    one.number,
                    minutes(one.noticed),
                    minutes(one.at),
                    one.rule,
                    one.story,
                    one.headline,
                    deliveryText(one),
                    one.acknowledged === null ? null : minutes(one.acknowledged),
                  ]),
                ),
              ),
        );
      });
    });
  alerts
    .command('show')
    .summary('show an alert with its reasons and posts')
    .argument('<number>')
    .action(async (given: string, _flags: object, command: Command) => {
      const number = wholeNumber('The number of an alert', given);
      await withPatientCase(command, true, async (spilloverCase, options) => {
        const alert = await getAlert(spilloverCase, number);
        const [content] = await alertContents(spilloverCase, [number], null, alert.posts.length);
        print(options, { ...alert, evidence: content!.posts }, () => safe(describe(alert, content!)));
      });
    });
  alerts
    .command('acknowledge')
    .summary('mark alerts as seen by a person')
    .argument('<numbers...>')
    .option('--note <text>', 'what came of it')
    .action(async (given: string[], flags: { note?: string }, command: Command) => {
      const numbers = given.map((one) => wholeNumber('The number of an alert', one));
      await withPatientCase(command, false, async (spilloverCase, options) => {
        const done = await acknowledgeAlerts(spilloverCase, numbers, flags.note ?? null, Date.now());
        print(options, done, () =>
          safe(
            done
              .map((one) => `acknowledged ${one.number}: ${one.headline}`)
              .reverse()
              .join('\n'),
          ),
        );
      });
    });
  for (const sub of alerts.commands) {
    sub
      .option('--case <dir>', 'directory of the case')
      .option('--json', 'print exactly one JSON document to stdout')
      .addHelpText('after', examples)
      .exitOverride();
  }
}

async function withPatientCase(
  command: Command,
  readOnly: boolean,
  work: (spilloverCase: Case, options: ReturnType<typeof globals>) => Promise<void>,
): Promise<void> {
  const options = globals(command);
  const spilloverCase = await openCasePatiently(options.case, {
    readOnly,
    mustExist: true,
    purpose: 'spillover alerts',
  });
  try {
    await work(spilloverCase, options);
  } finally {
    spilloverCase.close();
  }
}

const minutes = (time: string) => time.slice(0, 16).replace('T', ' ');

const deliveryText = (alert: Alert) => alert.deliveries.map(({ output, state }) => `${output}: ${state}`).join(', ');

function describe(alert: Alert, content: Awaited<ReturnType<typeof alertContents>>[number]): string {
  const { score } = alert;
  return [
    `alert ${alert.number}${alert.urgent ? ', urgent' : ''}: ${alert.headline}`,
    `${content.ruleTitle}${alert.story === null ? '' : `, story ${alert.story}`}, about ${alert.subject}`,
    `happened ${alert.at}, noticed ${alert.noticed}${alert.acknowledged === null ? '' : `, acknowledged ${alert.acknowledged}`}${alert.note === null ? '' : `: ${alert.note}`}`,
    ...(score
      ? [`chance to reach the mainstream within ${score.withinHours} h: ${Math.round(score.probability * 100)} %`]
      : []),
    ...alert.reasons.map((reason) => `- ${reason}`),
    ...(score?.reasons ?? []).map((reason) => `- ${reason}`),
    ...alert.blind.map((line) => `not seen: ${line}`),
    ...content.caveats.map((line) => `note: ${line}`),
    table(
      ['post', 'time (UTC)', 'author', 'text', 'link'],
      content.posts.map((one) => [one.post, one.time, one.author, one.text.slice(0, 200), one.permalink]),
    ),
    table(
      ['output', 'state', 'attempts', 'last (UTC)', 'again (UTC)', 'remark'],
      alert.deliveries.map((one) => [
        one.output,
        one.state,
        one.attempts,
        one.lastAttempt,
        one.nextAttempt,
        one.trouble,
      ]),
    ),
  ].join('\n');
}
