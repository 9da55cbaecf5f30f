/** What became of one file: records read = posts added + duplicates + problems; `embedded` posts are counted apart. */
export interface ImportedSource {
  file: string;
  format: string;
  recordsRead: number;
  postsAdded: number;
  duplicates: number;
  problems: number;
  /** Of the problems, records that never were posts (likes, service messages, repeated headers): nothing is lost with them. */
  notPosts: number;
  embedded: number;
  notes: string[];
  /** True where the case already holds this very file: nothing was read. */
  alreadyImported: boolean;
  seconds: number;
}

export interface FailedSource {
  file: string;
  error: string;
  hint: string | null;
}

/** A file that lies beside posts and holds none: one of Spillover's own, or a picture, sound, style of an export. */
export interface PassedOverFile {
  file: string;
  kind: 'own' | 'accessory';
  what: string;
  /** What such a file is good for. */
  hint: string | null;
}

export interface ImportReport {
  sources: ImportedSource[];
  failed: FailedSource[];
  passedOver: PassedOverFile[];
  totals: Pick<ImportedSource, 'recordsRead' | 'postsAdded' | 'duplicates' | 'problems' | 'embedded'>;
}
