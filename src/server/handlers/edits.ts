import { UserError } from '../../base/errors.ts';
import type { Case } from '../../case/case.ts';
import { caseContext, setContext } from '../../case/context.ts';
import { type EditHistory, editHistory, recordEdit, stepEdit } from '../../case/edit-history.ts';
import { reportComposition, reportPage, setReportComposition } from '../../case/report-composition.ts';
import { redoTimelineEdit, timelineSteps, undoTimelineEdit } from '../../case/timeline.ts';
import type { LiveEvents } from '../api-types.ts';
import type { editEndpoints } from '../contract/edits.ts';
import type { Handlers } from '../handler.ts';
import { storyNamed, type Workbench } from '../workbench.ts';

export const editHandlers: Handlers<keyof typeof editEndpoints> = {
  history: ({ connections }, { query: { subject } }) => connections.read((reader) => historyOf(reader, subject)),
  undo: (bench, { body }) => step(bench, body.subject, 'undo'),
  redo: (bench, { body }) => step(bench, body.subject, 'redo'),
  context: ({ connections }) => connections.read((reader) => caseContext(reader)),
  setContext: async (bench, { body }) => {
    const { context } = await bench.connections.edit((editor) =>
      recordEdit(editor, { subject: 'context', label: 'change what you know besides the posts' }, () =>
        setContext(editor, body, 'The context'),
      ),
    );
    await bench.changed('context');
    return context;
  },
  report: ({ connections }, { params }) =>
    connections.read(async (reader) => {
      await storyNamed(reader, params.story);
      return reportComposition(reader, params.story);
    }),
  setReport: async (bench, { params, body }) => {
    const composition = await bench.connections.edit(async (editor) => {
      await storyNamed(editor, params.story);
      return recordEdit(editor, { subject: `report/${params.story}`, label: 'change the report' }, () =>
        setReportComposition(editor, params.story, body),
      );
    });
    await bench.changed('report', params.story);
    return composition;
  },
  reportPage: ({ connections }, { params, query, mask }) =>
    connections.read(async (reader) => {
      await storyNamed(reader, params.story);
      const asked = query.mask === undefined ? undefined : query.mask === 'true';
      const html = await reportPage(reader, params.story, mask ?? asked);
      const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
      return new Response(html, {
        headers: {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': `${(policy ?? "default-src 'none'").replaceAll('&#39;', "'")}; frame-ancestors 'self'`,
          ...(query.download === 'true'
            ? { 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(params.story)}-report.html` }
            : {}),
        },
      });
    }),
};

async function step(bench: Workbench, subject: string, direction: 'undo' | 'redo') {
  const [kind, story] = subject.split('/') as [LiveEvents['change']['what'], string | undefined];
  const history = await bench.connections.edit(async (editor) => {
    if (kind !== 'timeline') {
      const { done: _, ...history } = await stepEdit(editor, subject, direction);
      return history;
    }
    const edit = await (direction === 'undo' ? undoTimelineEdit : redoTimelineEdit)(editor, story!);
    if (!edit) throw new UserError(`There is nothing to ${direction}.`);
    return historyOf(editor, subject);
  });
  await bench.changed(kind, story ?? null);
  return history;
}

async function historyOf(reader: Case, subject: string): Promise<EditHistory> {
  if (!subject.startsWith('timeline/')) return editHistory(reader, subject);
  const { undo, redo } = await timelineSteps(reader, subject.slice('timeline/'.length));
  const inWords = (edit: { edit: string; id: string } | null) => (edit ? `${edit.edit} ${edit.id}` : null);
  return { subject, undo: inWords(undo), redo: inWords(redo) };
}
