import { caseContext, setContext } from '../../case/context.ts';
import { editHistory, recordEdit, stepEdit } from '../../case/edit-history.ts';
import type { LiveEvents } from '../api-types.ts';
import type { editEndpoints } from '../contract/edits.ts';
import type { Handlers } from '../handler.ts';
import type { Workbench } from '../workbench.ts';

export const editHandlers: Handlers<Exclude<keyof typeof editEndpoints, 'report' | 'setReport' | 'reportPage'>> = {
  history: ({ connections }, { query }) => connections.read((reader) => editHistory(reader, query.subject)),
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
};

async function step(bench: Workbench, subject: string, direction: 'undo' | 'redo') {
  const history = await bench.connections.edit((editor) => stepEdit(editor, subject, direction));
  const [kind, story] = subject.split('/') as [LiveEvents['change']['what'], string | undefined];
  await bench.changed(kind, story ?? null);
  return history;
}
