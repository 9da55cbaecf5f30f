/** Why a record did not become a post. `lost` is false where nothing was: the record never was a post of its own. */
export interface ProblemReason {
  lost: boolean;
  about: string;
}

const lost = (about: string): ProblemReason => ({ lost: true, about });
const noPost = (about: string): ProblemReason => ({ lost: false, about });

/** Reason codes of `problem` rows. */
export const problemReasons: Readonly<Record<string, ProblemReason>> = {
  'not-a-post': noPost('the record is something else than a post: a like, a profile, a service message, a group'),
  'unknown-post': noPost('a change or deletion of a post that is not in the case'),
  'repeated-header': noPost('the header of the table once more, between its rows'),
  'ghost-post': noPost('written on the archive, never on the board'),
  'unread-platform': lost('an item of a platform that this format does not read'),
  'unknown-shape': lost('nothing that makes a post was found in the record'),
  'invalid-json': lost('the text is not valid JSON'),
  'invalid-xml': lost('the text is not valid XML'),
  'wrong-column-count': lost('the row has more or fewer cells than the header'),
  'unclosed-quote': lost('a quotation mark opens a cell and is never closed'),
  'nul-byte': lost('the record holds NUL bytes'),
  'line-too-long': lost('the line is longer than any record can be'),
  'damaged-archive': lost('the compressed file is damaged from here on'),
  'missing-id': lost('the record has no post id'),
  'missing-time': lost('the record has no time'),
  'bad-time': lost('the record has no time, or one that cannot be read'),
  'missing-object': lost('the record shares something that it does not name'),
  'missing-account': lost('the record does not say who posted it'),
};

/** Codes of records that never were posts. */
export const noPostReasons: readonly string[] = Object.keys(problemReasons).filter(
  (reason) => !problemReasons[reason]!.lost,
);
