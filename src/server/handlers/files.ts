import { UserError } from '../../base/errors.ts';
import type { Case } from '../../case/case.ts';
import { previewFile } from '../../case/preview-file.ts';
import { removeSources } from '../../case/sources.ts';
import {
  discardUpload,
  findUpload,
  listUploads,
  NoRoom,
  receiveUpload,
  TooLarge,
  type Upload,
} from '../../case/uploads.ts';
import { ApiFault } from '../api-fault.ts';
import type { fileEndpoints } from '../contract/files.ts';
import type { Handlers } from '../handler.ts';
import type { Workbench } from '../workbench.ts';

export const fileHandlers: Handlers<keyof typeof fileEndpoints> = {
  upload: async (bench, { query, request }) => {
    const { uploadBytes } = bench.limits;
    const declared = Number(request.headers.get('content-length') ?? 0);
    if (declared > uploadBytes)
      throw new ApiFault(
        413,
        'too-large',
        `A file that is sent may hold ${uploadBytes.toLocaleString('en')} bytes.`,
        'Import it on the command line: spillover import FILE',
      );
    try {
      const upload = await receiveUpload(bench.spilloverCase, query.name, request.body, uploadBytes);
      await bench.changed('uploads');
      return upload;
    } catch (error) {
      if (error instanceof TooLarge) throw new ApiFault(413, 'too-large', error.message, error.hint ?? null);
      if (error instanceof NoRoom) throw new ApiFault(507, 'no-room', error.message, error.hint ?? null);
      throw error;
    }
  },
  uploads: ({ connections }) => connections.read(async (reader) => ({ uploads: await listUploads(reader) })),
  preview: async (bench, { params, body }) => {
    const { upload, path } = found(bench, params.upload);
    return { upload, ...(await previewFile(path, body, bench.spilloverCase.temporary)) };
  },
  discard: async (bench, { params }) => {
    found(bench, params.upload);
    await bench.connections.read((reader) => discardUpload(reader, params.upload));
    await bench.changed('uploads');
    return { discarded: params.upload };
  },
  importUploads: async (bench, { body: { uploads, ...reading } }) => {
    const files = uploads.map((id) => found(bench, id));
    const title = files.length === 1 ? `Import of ${files[0]!.upload.name}` : `Import of ${files.length} files`;
    const job = bench.jobs.start('import', title, null, async (effects) => {
      try {
        return { ...(await bench.thread.run({ kind: 'import', uploads, reading }, effects)) };
      } finally {
        await bench.changed('posts');
      }
    });
    return { job };
  },
  tryRemoval: async ({ connections }, { params }) => {
    const { sources, posts, embedded, shares, problems, accounts, artifacts, kept } = await connections.edit(
      async (editor) => {
        await sourceOf(editor, params.source);
        return removeSources(editor, [params.source], { tryOnly: true });
      },
    );
    return { file: sources[0]!.file, posts, embedded, shares, problems, accounts, artifacts, kept };
  },
  removeSource: async (bench, { params }) => {
    const file = await bench.connections.read((reader) => sourceOf(reader, params.source));
    const job = bench.jobs.start('removal', `Removal of ${file}`, null, async () => {
      try {
        const { posts, kept } = await removeSources(bench.spilloverCase, [params.source], { tryOnly: false });
        return { posts, kept };
      } finally {
        await bench.changed('posts');
      }
    });
    return { job };
  },
};

async function sourceOf(reader: Case, key: string): Promise<string> {
  const row = await reader.database.first<{ file: string }>('select file from source where source_key = $key', {
    key: Number(key),
  });
  if (!row) throw new ApiFault(404, 'not-found', `The case holds no source ${key}.`);
  return row.file;
}

function found(bench: Workbench, id: string): { upload: Upload; path: string } {
  try {
    return findUpload(bench.spilloverCase, id);
  } catch (error) {
    if (error instanceof UserError) throw new ApiFault(404, 'not-found', error.message, error.hint ?? null);
    throw error;
  }
}
