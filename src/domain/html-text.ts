import { Parser } from 'htmlparser2';

const blockTags = new Set(['br', 'p', 'div', 'li', 'blockquote', 'tr']);

/** Readable text of an HTML fragment: entities decoded, `<wbr>` dropped, `<br>` and blocks become line breaks, tags removed. */
export function htmlText(html: string): string {
  let text = '';
  let hidden = 0;
  const parser = new Parser(
    {
      onopentag: (name) => {
        if (name === 'script' || name === 'style') hidden++;
        if (blockTags.has(name) && text !== '' && !text.endsWith('\n')) text += '\n';
        else if (name === 'br') text += '\n';
      },
      ontext: (part) => {
        if (hidden === 0) text += part;
      },
      onclosetag: (name) => {
        if (name === 'script' || name === 'style') hidden--;
        if (name === 'p' && !text.endsWith('\n')) text += '\n';
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);
  return text.trim();
}

/** Addresses of the links of an HTML fragment, in order, as written (entities decoded); `skipClass` leaves out links of a class. */
export function htmlLinks(html: string, skipClass: readonly string[] = []): string[] {
  const links: string[] = [];
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        if (name !== 'a' || !attributes.href) return;
        const classes = (attributes.class ?? '').split(/\s+/);
        if (!classes.some((one) => skipClass.includes(one))) links.push(attributes.href);
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);
  return links;
}
