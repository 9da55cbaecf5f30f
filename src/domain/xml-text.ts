const notXml =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const special = /[&<>"\t\n\r]/g;
const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Texts that XML carries as they are, which most are. */
const plain = /^[ !#-%'-;=?-~]*$/;

/** Text for XML 1.0 content and double-quoted attributes; characters that XML cannot carry become U+FFFD. */
export function xmlText(text: string): string {
  if (plain.test(text)) return text;
  return text.replace(notXml, '\ufffd').replace(special, (character) => entities[character]!);
}
