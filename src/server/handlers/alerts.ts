import { acknowledgeAlerts, listAlerts } from '../../case/alerts.ts';
import { ruleCatalogue } from '../../case/watch-rules.ts';
import type { alertEndpoints } from '../contract/alerts.ts';
import type { Handlers } from '../handler.ts';

const titles = new Map<string, string>(ruleCatalogue.map(({ id, title }) => [id, title]));

export const alertHandlers: Handlers<keyof typeof alertEndpoints> = {
  alerts: ({ connections }, { query: { story, open, limit, offset } }) =>
    connections.read(async (reader) => {
      const all = await listAlerts(reader, story === undefined ? {} : { story });
      const unseen = all.filter((one) => one.acknowledged === null);
      const shown = open === 'true' ? unseen : all;
      return {
        total: shown.length,
        open: unseen.length,
        alerts: shown.slice(offset, offset + limit).map(({ id: _, score, deliveries, ...alert }) => ({
          ...alert,
          title: titles.get(alert.rule) ?? 'The watch itself is in trouble',
          score: score ? { ...score, reasons: [...score.reasons] } : null,
          deliveries: deliveries.map(({ output, state, trouble }) => ({ output, state, trouble })),
        })),
      };
    }),
  acknowledge: async (bench, { body }) => {
    const left = await bench.connections.edit(async (editor) => {
      await acknowledgeAlerts(editor, body.alerts, body.note || null, Date.now());
      return listAlerts(editor, { open: true });
    });
    await bench.changed('alerts');
    return { open: left.length };
  },
};
