import { createHash } from 'node:crypto';
import type { ExportFile } from './timeline-page.ts';

/** What a manifest says of the package besides its files. */
export type ManifestHead = Record<string, string | number | boolean>;

export interface ManifestFile {
  path: string;
  bytes: number;
  sha256: string;
}

export interface EvidenceManifest extends Record<string, unknown> {
  files: ManifestFile[];
  root: string;
}

export const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');

/** The manifest of a package as text, and its Merkle root. */
export function evidenceManifest(files: readonly ExportFile[], head: ManifestHead): { text: string; root: string } {
  const list = files
    .map(({ path, content }) => ({ path, bytes: Buffer.byteLength(content), sha256: sha256(content) }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const root = merkleRoot(list, head);
  return { text: manifestText(head, list, root), root };
}

/** The only way a manifest is written, so that any other byte in it shows. */
export function manifestText(head: Record<string, unknown>, files: readonly ManifestFile[], root: string): string {
  return `${JSON.stringify({ ...head, files, root }, null, 2)}\n`;
}

/**
 * Merkle root over files and head: a file is a leaf SHA-256(0, path, 0, sha256 in hex), in order of paths; the head as JSON is the last
 * leaf; a node is SHA-256(1, left, right); an odd node goes up as it is (RFC 6962 keeps leaves and nodes apart in the same way).
 */
export function merkleRoot(files: readonly ManifestFile[], head: Record<string, unknown>): string {
  let level = [...files.map((file) => leaf(`${file.path}\u0000${file.sha256}`)), leaf(`\u0000${JSON.stringify(head)}`)];
  while (level.length > 1) {
    const next: Buffer[] = [];
    for (let at = 0; at < level.length; at += 2) {
      const right = level[at + 1];
      next.push(
        right
          ? createHash('sha256')
              .update(Buffer.concat([Buffer.of(1), level[at]!, right]))
              .digest()
          : level[at]!,
      );
    }
    level = next;
  }
  return level[0]!.toString('hex');
}

function leaf(text: string): Buffer {
  return createHash('sha256').update(Buffer.of(0)).update(text).digest();
}
