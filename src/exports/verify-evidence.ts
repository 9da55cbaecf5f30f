import { type EvidenceManifest, type ManifestFile, manifestText, merkleRoot, sha256 } from './evidence-manifest.ts';

export interface EvidenceChange {
  path: string;
  kind: 'changed' | 'missing' | 'added' | 'damaged';
  detail: string;
}

export interface EvidenceCheck {
  /** Root that the manifest names; null where it cannot be read. */
  root: string | null;
  files: number;
  changes: EvidenceChange[];
}

/**
 * Compares the files of a package with its manifest and names every change.
 * @param names all files of the package; `read` gives the bytes of one
 * @param expectedRoot the root that was written down elsewhere, where there is one
 */
export function verifyEvidence(
  names: readonly string[],
  read: (path: string) => Uint8Array,
  expectedRoot: string | null,
): EvidenceCheck {
  const changes: EvidenceChange[] = [];
  if (!names.includes('manifest.json'))
    return {
      root: null,
      files: names.length,
      changes: [{ path: 'manifest.json', kind: 'missing', detail: 'there is no manifest, so nothing can be checked' }],
    };
  const text = Buffer.from(read('manifest.json')).toString('utf8');
  const manifest = parse(text);
  if (manifest === null)
    return {
      root: null,
      files: names.length,
      changes: [{ path: 'manifest.json', kind: 'damaged', detail: 'it is no manifest of an evidence package' }],
    };
  const { files, root, ...head } = manifest;
  if (manifestText(head, files, root) !== text)
    changes.push({ path: 'manifest.json', kind: 'changed', detail: 'its bytes are not those that Spillover writes' });
  if (merkleRoot(files, head) !== root)
    changes.push({ path: 'manifest.json', kind: 'changed', detail: 'its root does not follow from what it lists' });
  if (expectedRoot !== null && expectedRoot.toLowerCase() !== root)
    changes.push({
      path: 'manifest.json',
      kind: 'changed',
      detail: `its root is ${root}, not the expected ${expectedRoot}`,
    });
  const listed = new Set(files.map((file) => file.path));
  for (const file of files) {
    if (!names.includes(file.path)) {
      changes.push({ path: file.path, kind: 'missing', detail: `${file.bytes} bytes, SHA-256 ${file.sha256}` });
      continue;
    }
    const content = read(file.path);
    const found = sha256(content);
    if (found !== file.sha256 || content.length !== file.bytes)
      changes.push({
        path: file.path,
        kind: 'changed',
        detail: `SHA-256 ${found} and ${content.length} bytes; the manifest says ${file.sha256} and ${file.bytes}`,
      });
  }
  for (const name of names)
    if (name !== 'manifest.json' && !listed.has(name))
      changes.push({ path: name, kind: 'added', detail: 'the manifest does not list it' });
  return { root, files: files.length, changes };
}

function parse(text: string): EvidenceManifest | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  const manifest = value as Partial<EvidenceManifest> | null;
  if (typeof manifest?.root !== 'string' || !Array.isArray(manifest.files)) return null;
  const whole = (manifest.files as Partial<ManifestFile>[]).every(
    (file) => typeof file?.path === 'string' && typeof file.sha256 === 'string' && typeof file.bytes === 'number',
  );
  return whole ? (manifest as EvidenceManifest) : null;
}
