import { LineFile } from './line-file.ts';
import { mix } from './plant-random.ts';
import { outletOf } from './post-content.ts';
import { news } from './post-log.ts';
import { outlets } from './stories.ts';
import { inOutDir, keptPosts, type WrittenWorld } from './written-world.ts';

const reporters = ['A. Fenwright', 'Tessa Marl', 'J. Oakley Brand', 'Staff'] as const;

/** Writes `news-<outlet>.xml`, one RSS 2.0 feed an outlet, newest item first. */
export async function writeNews(written: WrittenWorld): Promise<void> {
  const posts = keptPosts(written, news, true);
  if (!written.built.world.options.shuffle) posts.reverse();
  for (const [at, outlet] of outlets.entries()) {
    const path = `news-${outlet.domain.replace('.example', '')}.xml`;
    const file = await LineFile.create(inOutDir(written, path));
    const items = posts.filter((post) => outletOf(written.built, post) === at);
    const built = new Date(written.built.world.end).toUTCString();
    await file.write(
      '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">\n<channel>\n',
    );
    await file.write(
      `<title>${escaped(outlet.name)}</title>\n<link>https://${outlet.domain}/</link>\n<description>News from ${escaped(outlet.name)}, an invented outlet</description>\n`,
    );
    await file.write(
      `<language>en</language>\n<lastBuildDate>${built}</lastBuildDate>\n<atom:link href="https://${outlet.domain}/feed.xml" rel="self" type="application/rss+xml"/>\n`,
    );
    for (const post of items) await file.write(item(written, post));
    await file.write('</channel>\n</rss>\n');
    await file.close();
    written.files.push({ path, bytes: file.bytes, posts: items.length });
    written.onWritten(items.length);
  }
}

function item(written: WrittenWorld, post: number): string {
  const link = escaped(written.content.link(post));
  const pieces = written.content.pieces(post);
  const told = pieces.flatMap((piece) => (piece.kind === 'text' ? [escaped(piece.value)] : []));
  const links = pieces.flatMap((piece) =>
    piece.kind === 'url' ? [`<a href="${escaped(piece.value)}">The document</a>`] : [],
  );
  return `<item>
<title>${escaped(written.content.headline(post))}</title>
<link>${link}</link>
<guid isPermaLink="true">${link}</guid>
<pubDate>${new Date(written.ids.clock(post)).toUTCString()}</pubDate>
<dc:creator>${reporters[mix(post, 41) % reporters.length]}</dc:creator>
<description><![CDATA[<p>${[...told, ...links].join(' ')}</p>]]></description>
</item>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
