import { closeSync, openSync, readSync } from 'node:fs';
import { basename, extname } from 'node:path';
import type { FileHead } from '../importers/importer.ts';
import { onlyValueInHead } from '../importers/json-container.ts';
import type { PassedOverFile } from './import-report.ts';

type Reason = Omit<PassedOverFile, 'file'>;

/**
 * Why a file that no importer knows holds no posts: it lies beside them by its nature. Null where it could hold some, so that the
 * user must hear of it. Pictures and parts of web pages count only where the file lies in a folder that was named as a whole.
 */
export function passedOver(file: string, head: FileHead, inFolder: boolean): Reason | null {
  return ownFile(file, head) ?? (inFolder ? accessory(file, head) : null);
}

function ownFile(file: string, head: FileHead): Reason | null {
  const keys = Object.keys((onlyValueInHead(head) as object | null) ?? {});
  const has = (...names: string[]) => names.every((name) => keys.includes(name));
  if (keys.length > 0 && keys.every((key) => contextKeys.has(key)))
    return { kind: 'own', what: 'what is known besides the posts', hint: `spillover context add ${file}` };
  if (has('campaign', 'options', 'start', 'story'))
    return { kind: 'own', what: 'the truth about an invented campaign', hint: 'spillover evaluate FOLDER' };
  if (has('format', 'files', 'totals', 'records'))
    return { kind: 'own', what: 'what an import of samples should give', hint: null };
  if (has('time', '_why')) return { kind: 'own', what: 'a column map', hint: `spillover import FILE --map ${file}` };
  const text = head.text.trim();
  if (head.complete && !text.includes('\n') && plantedQuery.test(text))
    return { kind: 'own', what: 'the query of a story', hint: `spillover story add NAME --match "$(cat ${file})"` };
  return null;
}

const contextKeys = new Set(['coverage', 'venues', 'voices', 'watch', 'eras']);
const plantedQuery = /^\S.* OR .*\b(?:url|domain|account|platform):\S+/;

function accessory(file: string, head: FileHead): Reason | null {
  const what =
    mediaKind(file) ??
    (isPagePart(file, head)
      ? 'part of a web page'
      : isSticker(head)
        ? 'an animated picture'
        : aboutData.test(basename(file))
          ? 'a description'
          : null);
  return what === null ? null : { kind: 'accessory', what, hint: null };
}

const aboutData = /^(?:readme|licen[cs]e|notice|changelog)(?:\.(?:md|txt|rst))?$/i;

/** Styles and scripts say nothing of themselves; an archive of a Twitter account keeps its posts in such a file. */
const isPagePart = (file: string, head: FileHead) =>
  ['.css', '.js'].includes(extname(file).toLowerCase()) && !/^\s*window\.YTD\b/.test(head.text);

const isSticker = (head: FileHead) => {
  const value = onlyValueInHead(head);
  return typeof value === 'object' && value !== null && 'layers' in value && 'fr' in value;
};

const signatures: readonly [signature: RegExp, what: string][] = [
  [/^(?:\x89PNG|\xff\xd8\xff|GIF8|BM|II\*\0|MM\0\*|\0\0\x01\0)/, 'a picture'],
  [/^RIFF[\s\S]{4}WEBP/, 'a picture'],
  [/^(?:RIFF[\s\S]{4}(?:WAVE|AVI )|OggS|ID3|fLaC|\xff[\xfb\xf3\xf2]|\x1aE\xdf\xa3|FLV)/, 'a sound or film'],
  [/^[\s\S]{4}ftyp/, 'a sound or film'],
  [/^(?:wOFF|wOF2|\0\x01\0\0|OTTO)/, 'a font'],
];

function mediaKind(file: string): string | null {
  const handle = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(16);
    const start = bytes.toString('latin1', 0, readSync(handle, bytes, 0, 16, 0));
    return signatures.find(([signature]) => signature.test(start))?.[1] ?? null;
  } finally {
    closeSync(handle);
  }
}
