import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { UserError } from '../../base/errors.ts';
import { type Case, openCase } from '../../case/case.ts';
import { editTimeline, redoTimelineEdit, storyTimeline, undoTimelineEdit } from '../../case/timeline.ts';
import { parseTimelineEdits } from '../../exports/timeline-edits.ts';
import { displayTime } from '../../exports/timelinejs.ts';
import { type GlobalOptions, globals, print } from '../command-context.ts';
import { table } from '../table.ts';
import { safe, terminalEffects } from '../terminal.ts';

type Effects = ReturnType<typeof terminalEffects>;

const examples = `
Examples:
  $ spillover timeline show macronleaks
  $ spillover timeline edit macronleaks '{"edit":"hide","id":"burst:x:2017-05-05T19:00:00Z:x/123"}'
  $ spillover timeline edit macronleaks edits.json
  $ spillover timeline undo macronleaks`;

export function registerTimeline(program: Command): void {
  const timeline = program
    .command('timeline')
    .summary("show and edit a story's timeline")
    .description(
      'A timeline is 20 to 60 moments chosen from the trace, each with its post and the reason; edits are kept in the case and can be undone.',
    )
    .addHelpText('after', examples);
  timeline
    .command('show')
    .summary('the events, in order, with their ids')
    .argument('<story>')
    .action((story: string, _flags: object, command: Command) =>
      withCase(command, (one, options, effects) => show(one, story, options, effects)),
    );
  timeline
    .command('edit')
    .summary('make edits: add, change, hide, show, remove, move, cite, uncite')
    .argument('<story>')
    .argument('<edits>', 'JSON, or a file with it: one edit or a list')
    .action((story: string, edits: string, _flags: object, command: Command) =>
      withCase(command, async (one, options, effects) => {
        await editTimeline(one, story, readEdits(edits), effects);
        await show(one, story, options, effects);
      }),
    );
  for (const [name, summary, step] of [
    ['undo', 'take the last edit back', undoTimelineEdit],
    ['redo', 'make the edit that was taken back again', redoTimelineEdit],
  ] as const)
    timeline
      .command(name)
      .summary(summary)
      .argument('<story>')
      .action((story: string, _flags: object, command: Command) =>
        withCase(command, async (one, options) => {
          const edit = await step(one, story);
          if (edit === null) throw new UserError(`There is nothing to ${name} on the timeline of ${story}.`);
          print(options, edit, () => `${name}: ${edit.edit} ${safe(edit.id)}`);
        }),
      );
  for (const sub of timeline.commands)
    sub
      .option('--case <dir>', 'directory of the case')
      .option('--json', 'print exactly one JSON document to stdout')
      .addHelpText('after', examples)
      .exitOverride();
}

async function show(spilloverCase: Case, story: string, options: GlobalOptions, effects: Effects): Promise<void> {
  const timeline = await storyTimeline(spilloverCase, story, {}, effects);
  effects.finish();
  print(options, timeline, () => {
    const rows = timeline.events.map((event) => [
      `${displayTime(event)}${event.hidden ? ' (hidden)' : ''}`,
      event.group,
      event.headline,
      event.id,
    ]);
    const { undo, redo, lost } = timeline.history;
    return [
      table(['time', 'lane', 'headline', 'id'], rows),
      ...(undo ? [`undo would take back: ${undo.edit} ${safe(undo.id)}`] : []),
      ...(redo ? [`redo would make again: ${redo.edit} ${safe(redo.id)}`] : []),
      ...lost.map((edit) => `without effect now, the trace has no such event: ${edit.edit} ${safe(edit.id)}`),
    ].join('\n');
  });
}

function readEdits(text: string) {
  const inline = /^\s*[[{]/.test(text);
  try {
    return parseTimelineEdits(JSON.parse(inline ? text : readFileSync(text, 'utf8')), inline ? 'The argument' : text);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(
      `${inline ? 'The argument' : text} cannot be read as JSON: ${error instanceof Error ? error.message : error}`,
      undefined,
      { cause: error },
    );
  }
}

async function withCase(
  command: Command,
  work: (spilloverCase: Case, options: GlobalOptions, effects: Effects) => Promise<void>,
): Promise<void> {
  const options = globals(command);
  const effects = terminalEffects();
  const spilloverCase = await openCase(options.case, { mustExist: true, purpose: 'spillover timeline' });
  try {
    await work(spilloverCase, options, effects);
  } finally {
    effects.finish();
    spilloverCase.close();
  }
}
