import { useState } from 'react';
import { count } from '../format/reader-locale.ts';
import { showForeign } from './foreign-text.ts';

/** Text of a post as text: never as HTML, its direction isolated, clipped, long words broken. All text of posts goes through here. */
export function PostText({ text, most = 1200, whole = true }: { text: string | null; most?: number; whole?: boolean }) {
  const [all, setAll] = useState(false);
  if (text === null || text === '') return <p className="post-text none">No text.</p>;
  const shown = showForeign(text, all ? 200_000 : most);
  return (
    <div>
      <p className={all ? 'post-text all' : 'post-text'} dir="auto">
        {shown.text}
        {shown.cut && '…'}
      </p>
      {(shown.removed.length > 0 || (shown.cut && whole) || all) && (
        <p className="post-text-notes">
          {shown.removed.length > 0 && <span className="tag warn">without {shown.removed.join(', ')}</span>}
          {(all || (shown.cut && whole)) && (
            <button type="button" className="link" onClick={() => setAll(!all)}>
              {all ? 'Show less' : `Show all ${count(shown.length)} characters`}
            </button>
          )}
        </p>
      )}
    </div>
  );
}

/** A name, handle, address or hashtag that strangers chose: one line, isolated and clipped. */
export function Foreign({ text, most = 60 }: { text: string | null | undefined; most?: number }) {
  if (!text) return null;
  const shown = showForeign(text.replace(/\s+/g, ' '), most);
  return (
    <bdi className="foreign" title={shown.cut ? showForeign(text, 300).text : undefined}>
      {shown.text}
      {shown.cut && '…'}
    </bdi>
  );
}
