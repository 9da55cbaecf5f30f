export { QueryError, UserError } from './base/errors.ts';
export { type Alert, type AlertQuery, listAlerts } from './case/alerts.ts';
export { type Case, openCase } from './case/case.ts';
export {
  type CollectEffects,
  type CollectOptions,
  type CollectProgress,
  type CollectReport,
  collect,
  collectBesideOthers,
} from './case/collect.ts';
export { type Effects, type Progress, quietEffects } from './case/effects.ts';
export { type ImportOptions, importFiles } from './case/import-files.ts';
export type { FailedSource, ImportedSource, ImportReport, PassedOverFile } from './case/import-report.ts';
export { planWatch, type WatchPlan } from './case/plan-watch.ts';
export { listProblems, type ProblemList, type ProblemQuery } from './case/problems.ts';
export { readWatchFile } from './case/read-watch-file.ts';
export { type CaseStatus, caseStatus } from './case/status.ts';
export { type WatchEffects, type WatchOptions, watch } from './case/watch.ts';
export type { WatchState } from './case/watch-state.ts';
export { collectors } from './collectors/registry.ts';
export { importers } from './importers/registry.ts';
export { version } from './version.ts';
